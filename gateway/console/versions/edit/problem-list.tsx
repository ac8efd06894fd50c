/** Everything that is wrong with the draft, each a way to its place. */
import { FailureNote } from "../../parts/failure.tsx";
import { useTexts } from "../use-texts.ts";
import type { Problem } from "./problems.ts";
import type { Checked } from "./use-draft.ts";

export function ProblemList(props: {
  checked: Checked;
  problems: Problem[];
  onShow: (problem: Problem) => void;
}) {
  const { edit } = useTexts();
  const { answer, pending, failure } = props.checked;
  const { problems } = props;
  return (
    <section class="card padded">
      <h2>{edit.check}</h2>
      <output>
        {failure === null && (
          <p class={pending || !answer ? "muted" : problems.length > 0 ? "off" : "adds-up"}>
            {pending || answer === null
              ? edit.checking
              : problems.length === 0
                ? edit.valid
                : edit.problems(problems.length)}
          </p>
        )}
      </output>
      {failure && <FailureNote failure={failure} />}
      {problems.length > 0 && (
        <ul class="problem-list">
          {problems.map((problem) => {
            const { file, field, message } = problem;
            return (
              <li key={`${file} ${field} ${message}`}>
                <button type="button" class="button-link" onClick={() => props.onShow(problem)}>
                  <code>{field === "" ? file : `${file}: ${field}`}</code>
                </button>{" "}
                <span lang="en">{message}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
