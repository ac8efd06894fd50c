/** Every file of the site as text: the configuration, and four documents per language. */
import { useTexts } from "../use-texts.ts";
import type { Problem } from "./problems.ts";
import type { Files } from "./use-draft.ts";

/** What a site needs in each of its languages; `texts` there may be. */
const wanted = (language: string) => [
  `policy/${language}.md`,
  `summary/${language}.json`,
  `consent/${language}.md`,
  `texts/${language}.json`,
];

export function FilesEditor(props: {
  files: Files;
  /** Path of the one that is open. */
  file: string;
  languages: string[];
  problems: Problem[];
  onOpen: (file: string) => void;
  onChange: (file: string, text: string | undefined) => void;
}) {
  const { edit } = useTexts();
  const { files, file, languages, onOpen, onChange } = props;
  const paths = [
    ...new Set([...Object.keys(files), ...languages.flatMap(wanted), file]),
  ].toSorted();
  const problems = props.problems.filter((problem) => problem.file === file);
  const [, language] = /\/(.+)\.\w+$/.exec(file) ?? [];
  return (
    <div class="card padded">
      <div class="labelled">
        <label for="file-choice">{edit.file}</label>
        <select
          id="file-choice"
          class="select"
          value={file}
          onChange={(event) => onOpen(event.currentTarget.value)}
        >
          {paths.map((path) => (
            <option key={path} value={path}>
              {path}
              {files[path] === undefined && ` · ${edit.missing}`}
            </option>
          ))}
        </select>
      </div>
      <div class="labelled">
        <label for="file-text">{file}</label>
        <textarea
          id="file-text"
          class="input area code file-text"
          lang={language}
          spellcheck={language !== undefined}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={problems.length > 0 ? "file-problems" : undefined}
          value={files[file] ?? ""}
          onInput={(event) => onChange(file, event.currentTarget.value)}
        />
        {problems.length > 0 && (
          <ul class="problem" id="file-problems" lang="en">
            {problems.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                {field && <code>{field}</code>} {message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {files[file] !== undefined && file !== "site.json" && (
        <button type="button" class="button small danger" onClick={() => onChange(file, undefined)}>
          {edit.removeFile}
        </button>
      )}
    </div>
  );
}
