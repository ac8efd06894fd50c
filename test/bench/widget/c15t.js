/** The documented minimal set-up of @c15t/react without a backend, as an application's bundle. */
import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from "@c15t/react";
import "@c15t/react/styles.css";
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";

const root = document.body.appendChild(document.createElement("div"));
createRoot(root).render(
  h(
    ConsentManagerProvider,
    { options: { mode: "offline", consentCategories: ["necessary", "measurement", "marketing"] } },
    h(ConsentBanner),
    h(ConsentDialog),
  ),
);
