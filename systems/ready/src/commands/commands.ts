import type { Command } from '@heavylift/core'

export const commands: Command[] = [
  {
    name: 'game-day',
    summary:
      'Plays a game day from its definition (YAML or JSON), or an experiment of Chaos Toolkit, by the running server, and writes its report as one HTML file.',
    args: [
      {
        name: 'file',
        summary: 'the definition; the sample against the demo shop without it',
        optional: true,
      },
    ],
    options: [
      { flags: '--out <file>', summary: 'where the report goes (default: game-day.html)' },
      { flags: '--owner <name>', summary: 'of an experiment, which names none' },
      { flags: '--target <url>', summary: 'of an experiment whose probes do not say what is asked' },
      {
        flags: '--at <places>',
        summary:
          'what names in an experiment are here, as name=127.0.0.1:port, name=pid or name=file of a pid, with commas between',
      },
    ],
    no: 'the hypothesis does not stand: something broke',
    run: async (input) => (await import('./run-game-day-command.ts')).runGameDayCommand(input),
  },
  {
    name: 'forecast',
    summary:
      'Forecasts a series of one’s own, with the peak of its next day and the courses that it may take.',
    args: [{ name: 'file', summary: 'CSV with a column of times and one of numbers' }],
    options: [
      { flags: '--events <file>', summary: 'known events of the past and to come: CSV with name, from, to' },
      { flags: '--steps <n>', summary: 'how far ahead; a day unless given' },
      { flags: '--courses <file>', summary: 'writes the courses as CSV, as `fleet mix` takes them' },
    ],
    run: async (input) => (await import('./run-forecast.ts')).runForecast(input),
  },
  {
    name: 'stop',
    summary: 'The global stop: ends every load run and game day of the running server, with all faults.',
    run: async ({ api, print }) => {
      const answer = (await (await api('/api/ready/stop', { method: 'POST' })).json()) as { stopped: number }
      print(`Stopped: ${answer.stopped}.`)
      return answer
    },
  },
  {
    name: 'review',
    summary:
      'Reviews a repository by a lens of checks: each settled by evidence of a machine, or answered by a person.',
    args: [{ name: 'path', summary: 'folder of the repository (default: this one)', optional: true }],
    options: [
      { flags: '--lens <file>', summary: 'checks of your own, as YAML (default: the sixty that ship)' },
      { flags: '--server <url>', summary: 'a running server on this machine that is asked, too' },
      { flags: '--sarif <file>', summary: 'writes what is not settled as SARIF 2.1.0' },
      { flags: '--junit <file>', summary: 'writes all checks as JUnit XML' },
    ],
    no: 'a high risk is left, found or not answered',
    run: async (input) => (await import('./run-review.ts')).runReview(input),
  },
  {
    name: 'consent',
    summary:
      'Prints what a host serves at /.well-known/heavylift-load-consent so that this installation may load it.',
    args: [{ name: 'host', summary: 'host and port, as in the address that is loaded' }],
    options: [
      { flags: '--until <date>', summary: 'the last day that it holds, YYYY-MM-DD (default: in seven days)' },
    ],
    run: async (input) => (await import('./print-consent.ts')).printConsent(input),
  },
]
