import type { Requirement } from './requirement.ts'

const docs = 'systems/spec/docs'

/** The studio, and what leads from an edited spec to code. */
export const specStudio: Requirement[] = [
  {
    id: 'SPEC-STUDIO-01',
    source: `${docs}/studio.md#studio`,
    behaviour:
      'A repository is opened with its specs, the lines of code of each sentence, how much of each source the spec stands on, and its drift; read again it is as its folder is now.',
  },
  {
    id: 'SPEC-STUDIO-02',
    source: `${docs}/studio.md#studio`,
    behaviour:
      'An edited sentence is built into a branch in which code, spec, scenarios, traces and agreed facts agree; what a gate refuses is told with its reason.',
  },
  {
    id: 'SPEC-STUDIO-03',
    source: `${docs}/studio.md#studio`,
    behaviour: 'A build that ran when the server was killed is taken up when it starts.',
  },
  {
    id: 'SPEC-STUDIO-04',
    source: `${docs}/studio.md#studio`,
    behaviour:
      'An approval is of a requirement as it stood; who approved, accepted and committed what stands in the history.',
  },
  {
    id: 'SPEC-STUDIO-05',
    source: `${docs}/studio.md#studio`,
    behaviour:
      'A sentence that is chosen lights its lines, a line its sentences; an edit shows delta, plan and what lint says before anything is built.',
  },
  {
    id: 'SPEC-STUDIO-06',
    source: `${docs}/studio.md#studio`,
    behaviour:
      'A common sentence lights the lines of all its operations; an operation shows what it shares; drift stands where it is of all, and at the operation where it is of one.',
  },
  {
    id: 'SPEC-BUILD-04',
    source: `${docs}/building.md#agents`,
    behaviour:
      'By commands an edited spec is planned and built; an agent without a model changes numbers and texts where sentences changed by just these, and nothing else.',
  },
  {
    id: 'SPEC-BUILD-05',
    source: `${docs}/building.md#opencode-on-heavylifts-gateway`,
    behaviour:
      'A published agent program (OpenCode) builds an edited sentence over ACP with a model of the gateway; what it does otherwise is refused.',
  },
  {
    id: 'SPEC-CATALOGUE-01',
    source: `${docs}/studio.md#catalogue`,
    behaviour:
      'Specs of all repositories are found by words, each with how stale it is: drifted, fresh where it was compared, stale where its code was committed after it.',
  },
  {
    id: 'SPEC-VERIFY-01',
    source: `${docs}/studio.md#verify`,
    behaviour:
      'Answers of a running service, of a HAR file or of a trace are laid beside the spec: observed, contradicted, or not observed; requests go to this machine and to hosts that consented, and only those that change nothing unless it is asked for.',
  },
  {
    id: 'SPEC-VERIFY-02',
    source: `${docs}/studio.md#trying-what-the-spec-says`,
    behaviour:
      'What a spec says of each operation is tried against a running service by a request in the case that it speaks of: it holds, it is contradicted, something before it answers, or it can not be tried, with the reason; answers that came and that the spec does not tell are listed.',
  },
  {
    id: 'SPEC-ROUND-TRIP-01',
    source: `${docs}/building.md#build`,
    behaviour:
      'A sentence edited, planned and built gives code that says just the edited spec, with its tests green.',
  },
]
