import type { CaseVerdict, Deed } from './verdict.ts'

/** Why a case failed, a sentence for each reason, what weighs most first; none for one that passed. */
export function verdictWords(
  verdict: Omit<CaseVerdict, 'failure'> & { failure: { message: string } | null },
): string[] {
  const { failure, differences, failedChecks, missing, extra } = verdict
  return [
    ...(failure === null ? [] : [failure.message]),
    ...extra.map((deed) => `It would now ${deedWords(deed)}.`),
    ...missing.map((deed) => `It does not ${deedWords(deed)} any more.`),
    ...failedChecks.map(({ check, because }) => `${check} is not true. ${because}`),
    ...differences.map(
      ({ at, expected, got }) =>
        `${at === '' ? 'The result' : at} is ${short(got)}, expected ${short(expected)}.`,
    ),
  ]
}

const deedWords = ({ source, tool, args }: Deed): string => `call ${tool} of ${source} with ${short(args)}`

function short(value: unknown): string {
  const text = JSON.stringify(value ?? null)
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
