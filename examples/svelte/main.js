import { mount } from "svelte";
import { loadSoglas } from "soglas/client";
import App from "./App.svelte";

loadSoglas({ src: import.meta.env.VITE_SOGLAS_TAG }).catch(reportError);
mount(App, { target: document.getElementById("app") });
