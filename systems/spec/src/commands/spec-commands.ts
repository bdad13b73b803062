import type { Command } from '@heavylift/core'

/** Commands on specs that are there. */
export const specCommands: Command[] = [
  {
    name: 'lint',
    summary:
      'Tells what is wrong with the specs of a repository (Kiro, OpenSpec, spec-kit): form, words, terms, contradictions, gaps.',
    args: [{ name: 'path', summary: 'Folder of the repository. Default: here.', optional: true }],
    no: 'a spec has a finding',
    run: async (input) => (await import('./run-lint.ts')).runLint(input),
  },
  {
    name: 'check',
    summary:
      'Tells where the code drifted from what its spec was agreed on: the requirement, old and new behaviour.',
    args: [{ name: 'path', summary: 'Folder of the repository. Default: here.', optional: true }],
    options: [
      { flags: '--sarif <file>', summary: 'Writes SARIF 2.1.0 there, for code scanning.' },
      { flags: '--junit <file>', summary: 'Writes JUnit XML there, a case for each requirement.' },
      {
        flags: '--accept',
        summary: 'Takes what the code does now for agreed, and writes down who said so, of which commit.',
      },
      { flags: '--by <name>', summary: 'Who accepts. Default: user.name of git.' },
      {
        flags: '--claims',
        summary: 'Fails too on a sentence of the specs that no fact of the code says, word for word.',
      },
      {
        flags: '--strict',
        summary:
          'Fails too where the code behind an operation is other code that may do the same, which is only said otherwise.',
      },
      { flags: '--keep', summary: 'Writes no file, also where evidence only moved: for CI.' },
      { flags: '--action', summary: 'Prints a workflow for GitHub Actions that checks pull requests.' },
    ],
    no: 'the code drifted from the spec, or with --claims, a sentence does not follow from it, or with --strict, code is other code that may do the same',
    run: async (input) => (await import('./run-check.ts')).runCheck(input),
  },
  {
    name: 'verify',
    summary:
      'Lays answers of a running service, of a HAR file or of traces beside the spec: observed, contradicted, not observed.',
    args: [{ name: 'path', summary: 'Folder of the repository. Default: here.', optional: true }],
    options: [
      {
        flags: '--url <address>',
        summary:
          'Of a service on this machine, or on a host that consented; without --postman and --claims only GET is sent.',
      },
      {
        flags: '--postman <file>',
        summary:
          'A collection of Postman that is played against --url in its order, with what changes something; its scripts are not run.',
      },
      {
        flags: '--vars <list>',
        summary: 'Variables of the collection: NAME=VALUE, several with commas between.',
      },
      {
        flags: '--claims <file>',
        summary:
          'Tries what the spec says of each operation against --url, with what changes something: JSON with callers, values, bodies and what to leave out.',
      },
      { flags: '--har <file>', summary: 'Answers that a browser or a proxy recorded.' },
      { flags: '--traces <file>', summary: 'Spans of OpenTelemetry, OTLP as JSON.' },
    ],
    no: 'something that was seen contradicts the spec',
    run: async (input) => (await import('./run-verify.ts')).runVerify(input),
  },
]
