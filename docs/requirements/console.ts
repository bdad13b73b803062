import type { Requirement } from './requirement.ts'

export const console: Requirement[] = [
  {
    id: 'CONSOLE-STREAM-01',
    source: 'docs/design/console.md#states',
    behaviour: 'Event streams are read right however they are cut.',
  },
  {
    id: 'UI-CLIENT-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      "The console's calls are typed by the routes they call: a wrong path, parameter or body does not compile.",
  },
  {
    id: 'UI-TESTING-01',
    source: 'CONTRIBUTING.md#tests',
    behaviour:
      'A page is tested without a browser or a server: its routes answer samples made from their response schemas, and what a page sends and is answered is held against them.',
  },
  {
    id: 'UI-TABLE-01',
    source: 'docs/design/console.md#frame',
    behaviour:
      'Tables sort by their columns, show the columns that one chooses, and keep both in the URL; long ones draw the rows in view.',
  },
  {
    id: 'UI-EXPERIMENT-01',
    source: 'docs/design/console.md#states',
    behaviour:
      'An experiment says whether the system helps by what its outcome is: more purchases help, fewer defects help.',
  },
  {
    id: 'UI-CONFIRM-01',
    source: 'docs/design/console.md#states',
    behaviour: 'An act that takes something away says what goes and asks first.',
  },
  {
    id: 'UI-KEYS-01',
    source: 'docs/design/console.md#frame',
    behaviour:
      "A page's main action has a key of its own, which a sheet lists and which does nothing while one types.",
  },
  {
    id: 'UI-TIME-01',
    source: 'docs/design/console.md#frame',
    behaviour: 'Ranges of time are chosen in one way on every page, and kept in the URL.',
  },
  {
    id: 'CONSOLE-FORMAT-01',
    source: 'docs/design/console.md#charts',
    behaviour: 'Numbers have their unit; an unknown one is a dash, never zero; intervals show their bounds.',
  },
  {
    id: 'CONSOLE-HOME-01',
    source: 'docs/design/console.md#first-minute',
    behaviour: 'Home shows a live tile for every system, in a real browser.',
  },
  {
    id: 'CONSOLE-HOME-02',
    source: 'docs/design/console.md#first-minute',
    behaviour:
      'Home says what runs, what needs a person, each number against its goal, and what was decided last.',
  },
  {
    id: 'CONSOLE-NAV-01',
    source: 'docs/design/console.md#frame',
    behaviour: 'The rail lists the systems that run with their state, and beneath the open one its pages.',
  },
  {
    id: 'CONSOLE-NAV-02',
    source: 'docs/design/console.md#frame',
    behaviour: 'The name of a system is the address of its first page.',
  },
  {
    id: 'CONSOLE-KEYBOARD-01',
    source: 'docs/design/console.md#frame',
    behaviour: 'Keys lead to search, pages and main actions; a sheet lists them.',
  },
  {
    id: 'CONSOLE-ACT-01',
    source: 'docs/design/console.md#states',
    behaviour: 'Whatever is pressed and fails says why: no act of a page or of the shop fails in silence.',
  },
  {
    id: 'CONSOLE-LEDGER-02',
    source: 'docs/design/console.md#frame',
    behaviour:
      'The ledger shows the decisions of all systems, the last recorded first, narrowed by what one chooses, each with its evidence at an address of its own.',
  },
  {
    id: 'CONSOLE-AXE-02',
    source: 'docs/design/console.md#checked',
    behaviour:
      'Every page of every system is free of what axe finds against WCAG 2.2 AA, dark and light, wide and narrow; it fits, logs no error, and has a title of its own.',
  },
  {
    id: 'CONSOLE-AXE-01',
    source: 'docs/design/console.md#checked',
    behaviour: 'Every page is free of serious accessibility violations, dark and light, wide and narrow.',
  },
  {
    id: 'CONSOLE-KEYS-01',
    source: 'docs/design/console.md#frame',
    behaviour: 'Keys are created, shown once and revoked in the settings page.',
  },
  {
    id: 'CONSOLE-LEDGER-01',
    source: 'docs/design/console.md#frame',
    behaviour: 'The ledger page leads from a number to the rows behind it.',
  },
]
