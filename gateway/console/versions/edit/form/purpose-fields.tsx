/** What visitors are asked about. */
import { useTexts } from "../../use-texts.ts";
import { Entries } from "./entries.tsx";
import { CheckInput, LinesInput, SelectInput, TextInput } from "./inputs.tsx";
import { LocalizedInputs } from "./localized.tsx";

const bases = ["consent", "contract", "legal-obligation", "legitimate-interest"] as const;

export function PurposeFields() {
  const { edit, fields, values } = useTexts();
  const { purpose } = fields;
  const fresh = { id: "", basis: "consent", name: {}, description: {} };
  return (
    <Entries list="purposes" fresh={fresh} add={edit.addPurpose} remove={edit.remove}>
      {(at) => {
        const path = ["purposes", at] as const;
        return (
          <>
            <TextInput path={[...path, "id"]} label={purpose.id} />
            <SelectInput
              path={[...path, "basis"]}
              label={purpose.basis}
              usual=""
              options={bases.map((basis) => [basis, values.words[basis]] as const)}
            />
            <CheckInput path={[...path, "essential"]} label={purpose.essential} />
            <LocalizedInputs path={[...path, "name"]} label={fields.any.name} />
            <LocalizedInputs path={[...path, "description"]} label={fields.any.description} long />
            <LinesInput
              path={[...path, "consentMode"]}
              label={`${purpose.consentMode} (${edit.perLine})`}
              optional
            />
          </>
        );
      }}
    </Entries>
  );
}
