/** A text in every language of the site. */
import { useConsole } from "../../../context.ts";
import { displayName } from "../../../format.ts";
import type { Path } from "../json.ts";
import { useForm } from "./context.ts";
import { TextInput } from "./inputs.tsx";

export function LocalizedInputs(props: { path: Path; label: string; long?: boolean }) {
  const { settings } = useConsole();
  const { languages } = useForm();
  return (
    <>
      {languages.map((language) => (
        <TextInput
          key={language}
          path={[...props.path, language]}
          label={`${props.label}, ${displayName("language", language, settings.language)}`}
          lang={language}
          long={props.long ?? false}
          wide={props.long ?? false}
        />
      ))}
    </>
  );
}
