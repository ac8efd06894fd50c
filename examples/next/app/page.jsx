export default function Start() {
  return <h1>Lamps</h1>;
}
