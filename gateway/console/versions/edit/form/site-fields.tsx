/** The fields of the site as a whole. */
import type { ComponentChildren } from "preact";
import { useTexts } from "../../use-texts.ts";
import { ColourInput, LinesInput, NumberInput, SelectInput, TextInput } from "./inputs.tsx";
import { LocalizedInputs } from "./localized.tsx";
import { PurposeFields } from "./purpose-fields.tsx";
import { ServiceFields } from "./service-fields.tsx";

export function SiteFields() {
  const { edit, fields, values } = useTexts();
  const { site } = fields;
  const named = <const T extends string>(words: readonly (T & keyof typeof values.words)[]) =>
    words.map((word) => [word, values.words[word]] as const);
  return (
    <>
      <Section title={edit.sections.site} open>
        <LocalizedInputs path={["name"]} label={fields.any.name} />
        <TextInput path={["controller", "name"]} label={site["controller.name"]} />
        <TextInput path={["controller", "address"]} label={site["controller.address"]} />
        <TextInput path={["controller", "contact"]} label={site["controller.contact"]} />
        <TextInput
          path={["controller", "registration"]}
          label={site["controller.registration"]}
          optional
        />
        <SelectInput
          path={["jurisdiction"]}
          label={site.jurisdiction}
          usual=""
          options={named(["eu", "ru", "us", "none"])}
        />
        <LinesInput path={["languages"]} label={`${site.languages} (${edit.perLine})`} />
        <LinesInput path={["origins"]} label={`${site.origins} (${edit.perLine})`} />
      </Section>
      <Section title={edit.sections.look}>
        <SelectInput
          path={["banner", "placement"]}
          label={site["banner.placement"]}
          usual="box"
          options={named(["box", "bar", "dialog"])}
        />
        <SelectInput
          path={["banner", "theme"]}
          label={site["banner.theme"]}
          usual="system"
          options={named(["system", "light", "dark"])}
        />
        <ColourInput path={["banner", "accent"]} label={site["banner.accent"]} usual="#1f5eff" />
        <SelectInput
          path={["banner", "reopen"]}
          label={site["banner.reopen"]}
          usual="left"
          options={named(["left", "right", "none"])}
        />
      </Section>
      <Section title={edit.sections.purposes}>
        <PurposeFields />
      </Section>
      <Section title={edit.sections.services}>
        <ServiceFields />
      </Section>
      <Section title={edit.sections.validity}>
        <NumberInput
          path={["validity", "grantDays"]}
          label={site["validity.grantDays"]}
          usual={365}
        />
        <NumberInput
          path={["validity", "refusalDays"]}
          label={site["validity.refusalDays"]}
          usual={180}
        />
        <NumberInput path={["retention", "days"]} label={site["retention.days"]} usual={1826} />
      </Section>
      <Section title={edit.sections.pages}>
        <LinesInput
          path={["pages", "exclude"]}
          label={`${site["pages.exclude"]} (${edit.perLine})`}
        />
        <LinesInput path={["pages", "mask"]} label={`${site["pages.mask"]} (${edit.perLine})`} />
      </Section>
    </>
  );
}

function Section(props: { title: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="card edit-section" open={props.open}>
      <summary>{props.title}</summary>
      <div class="fields">{props.children}</div>
    </details>
  );
}
