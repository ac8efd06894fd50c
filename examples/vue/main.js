import { createApp } from "vue";
import { loadSoglas } from "soglas/client";
import App from "./App.vue";

loadSoglas({ src: import.meta.env.VITE_SOGLAS_TAG }).catch(reportError);
createApp(App).mount("#app");
