/** What runs for the purposes: whose it is, how it runs, who receives what. */
import { useTexts } from "../../use-texts.ts";
import { isObject, valueAt } from "../json.ts";
import { useForm } from "./context.ts";
import { Entries } from "./entries.tsx";
import { CheckInput, JsonInput, LinesInput, SelectInput, TextInput } from "./inputs.tsx";
import { LocalizedInputs } from "./localized.tsx";

export function ServiceFields() {
  const { edit, fields, values } = useTexts();
  const { service } = fields;
  const { site } = useForm();
  const purposes = valueAt(site, ["purposes"]);
  const ids = (Array.isArray(purposes) ? purposes : []).flatMap((purpose) =>
    isObject(purpose) && typeof purpose["id"] === "string" ? [purpose["id"]] : [],
  );
  const fresh = {
    id: "",
    purpose: ids[0] ?? "",
    vendor: "",
    mode: "gateway",
    name: {},
    description: {},
    recipient: { name: "", country: "" },
    settings: {},
  };
  const word = (value: keyof typeof values.words) => [value, values.words[value]] as const;
  return (
    <Entries list="services" fresh={fresh} add={edit.addService} remove={edit.remove}>
      {(at, entry) => {
        const path = ["services", at] as const;
        // A purpose that is not there any more stays in sight until another one is chosen.
        const own = isObject(entry) && typeof entry["purpose"] === "string" ? entry["purpose"] : "";
        return (
          <>
            <TextInput path={[...path, "id"]} label={service.id} />
            <SelectInput
              path={[...path, "purpose"]}
              label={service.purpose}
              usual=""
              options={[...new Set([...ids, own])].map((id) => [id, id] as const)}
            />
            <TextInput path={[...path, "vendor"]} label={service.vendor} />
            <SelectInput
              path={[...path, "mode"]}
              label={service.mode}
              usual=""
              options={[word("tag"), word("gateway")]}
            />
            <SelectInput
              path={[...path, "profile"]}
              label={service.profile}
              usual=""
              options={[["", edit.asUsual], word("strict"), word("balanced"), word("direct")]}
            />
            <TextInput path={[...path, "recipient", "name"]} label={service["recipient.name"]} />
            <TextInput
              path={[...path, "recipient", "country"]}
              label={`${service["recipient.country"]} (RU, DE…)`}
            />
            <TextInput
              path={[...path, "recipient", "policy"]}
              label={service["recipient.policy"]}
              optional
            />
            <CheckInput
              path={[...path, "recipient", "crossBorder"]}
              label={service["recipient.crossBorder"]}
            />
            <CheckInput
              path={[...path, "recipient", "attested"]}
              label={service["recipient.attested"]}
            />
            <LocalizedInputs path={[...path, "name"]} label={fields.any.name} />
            <LocalizedInputs path={[...path, "description"]} label={fields.any.description} long />
            <LinesInput
              path={[...path, "pages"]}
              label={`${service.pages} (${edit.perLine})`}
              optional
            />
            <JsonInput
              path={[...path, "settings"]}
              label={`${service.settings} (JSON)`}
              wrong={edit.notJson}
            />
            <JsonInput
              path={[...path, "stores"]}
              label={`${service.stores} (JSON)`}
              wrong={edit.notJson}
            />
          </>
        );
      }}
    </Entries>
  );
}
