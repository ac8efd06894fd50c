/** Entry of the console: finds the gateway next to its own address and shows the app. */
import { render } from "preact";
import { createApi } from "./api.ts";
import { App } from "./app.tsx";
import { comeBack } from "./provider.ts";
import "./style/tokens.css";
import "./style/base.css";
import "./style/frame.css";
import "./style/charts.css";
import "./style/forms.css";
import "./style/records.css";
import "./style/record.css";
import "./style/stage.css";

// `…/console/` → `…/v1/staff/`: right below any path prefix.
const api = createApi(new URL("../v1/staff/", document.baseURI), (input, init) =>
  fetch(input, init),
);
render(<App api={api} problem={comeBack(window)} />, document.querySelector("#console")!);
