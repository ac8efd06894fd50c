import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { loadSoglas } from "soglas/client";
import { Consented, MyChoices } from "./consent.tsx";

loadSoglas({ src: import.meta.env["VITE_SOGLAS_TAG"] }).catch(reportError);

function App() {
  const [page, setPage] = useState(location.hash);
  useEffect(() => {
    const moved = () => setPage(location.hash);
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return (
    <>
      <nav>
        <a href="#start">Start</a> <a href="#map">Map</a>
      </nav>
      <main>
        {page === "#map" ? (
          <Consented to="media" name="The map">
            <iframe title="Map" src={import.meta.env["VITE_MAP"]} />
          </Consented>
        ) : (
          <h1>Lamps</h1>
        )}
      </main>
      <MyChoices />
    </>
  );
}

createRoot(document.getElementById("app")!).render(<App />);
