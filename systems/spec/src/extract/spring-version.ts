import type { Run } from './run-code.ts'

const ofSix = new WeakMap<Run, boolean>()

/** Spring 6 is the first whose servlets are Jakarta's, and has errors that say their answer. */
export function isOfSix(run: Run): boolean {
  const known =
    ofSix.get(run) ??
    [...run.project.modules.values()].some(
      ({ language, text }) =>
        language === 'java' &&
        /^import (?:static )?(?:jakarta\.|org\.springframework\.(?:http\.(?:ProblemDetail|HttpStatusCode)|web\.ErrorResponse))/m.test(
          text,
        ),
    )
  ofSix.set(run, known)
  return known
}
