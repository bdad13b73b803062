/** The rules, each with what it says; the check prints it beside what breaks it. */
export const rules = {
  'known-package':
    'A package is a folder of primitives/, systems/ or apps/ whose package.json says @heavylift/<folder>.',
  'no-arrow-up':
    'apps → systems → primitives; e2e and scripts stand on top, and nothing imports them, but apps what sets a checkout up.',
  'set-up-alone': 'What sets a checkout up runs before anything is installed, so it imports nothing of ours.',
  'no-system-in-system': 'No system imports another: what two of them need is a primitive.',
  'core-stands-alone': 'core imports no other package of ours.',
  'ui-on-core': 'ui imports core, and of other primitives only types.',
  'ui-in-pages': 'Only pages (console/, storefront/, apps/console) import ui; nothing below src does.',
  'by-name': 'Another package is imported by its name and what it exports, not by a path into it.',
  declared:
    'A package of ours that is imported stands in package.json: under dependencies, if not only tests import it.',
  used: 'A package of ours that stands in package.json is imported.',
  'no-package-circle': 'Packages do not depend on each other in a circle, by types neither.',
  'no-file-circle': 'Files do not import each other in a circle, by types neither.',
  'standard-files': 'A system has README.md and src/{index,system,start,context,config}.ts.',
  'standard-rooms':
    'Routes are made in src/routes, commands in src/commands, evals in src/evals, benches in src/benches; pages stand in console/, samples in samples/, tests in test/.',
  'src-alone': 'Files of src import src and samples, never pages or tests.',
} as const

export type Rule = keyof typeof rules

export interface Violation {
  rule: Rule
  /** The file, folder or package that breaks it, from the root. */
  path: string
  /** What exactly, and where that is not plain, what to do. */
  detail: string
}
