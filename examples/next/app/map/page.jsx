import { Consented } from "../consent.jsx";

export default function Map() {
  return (
    <Consented to="media" name="The map">
      <iframe title="Map" src={process.env.NEXT_PUBLIC_MAP} />
    </Consented>
  );
}
