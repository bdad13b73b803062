import { expect, test } from 'vitest'
import type { Checkout } from '../docs/checkout.ts'
import { checkDecisions, checkIds, checkLinks, checkPaths } from '../docs/check-pages.ts'
import { checkSources } from '../requirements/check-sources.ts'

/** A checkout of these files and their folders. */
function checkoutOf(files: Record<string, string>): Checkout {
  const folders = new Set(
    Object.keys(files).flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))),
  )
  return {
    has: (path) => path in files || folders.has(path.replace(/\/$/, '')),
    read: (path) => files[path] ?? '',
  }
}

const checkout = checkoutOf({
  'README.md': '# A — whole, "good" page\n## Its `code` part\n```\n# no heading\n```\n',
  'docs/a.md': '# A',
  'systems/shop/src/start.ts': '',
})

test('a source is a place in the repository, a standard or an address [CORE-DOCS-01]', () => {
  const check = (source: string) => checkSources([{ id: 'X-ONE-01', source, behaviour: 'b' }], checkout)
  for (const source of [
    'README.md',
    'README.md#its-code-part',
    'systems/shop',
    'standard: RFC 8259',
    'https://example.com/a; README.md',
  ]) {
    expect(check(source), source).toEqual([])
  }
  for (const [source, fault] of [
    ['README', 'there is no README'],
    ['shop.md 4', 'there is no shop.md 4'],
    ['README.md#no-heading', 'README.md has no section #no-heading'],
    ['standard:', 'there is no standard:'],
    ['README.md; docs/b.md', 'there is no docs/b.md'],
  ] as const) {
    expect(check(source).join(), source).toContain(fault)
  }
})

test('a promise whose proof is no requirement is named [CORE-DOCS-02]', () => {
  const pages = checkoutOf({ 'docs/a.md': 'ONE-TWO-01 to ONE-TWO-03, ONE-TWO-01, UTF-8, RFC-1' })
  expect(checkIds(['docs/a.md'], new Set(['ONE-TWO-01']), pages)).toEqual([
    'docs/a.md: there is no requirement ONE-TWO-03.',
  ])
})

test('a link of a page that leads nowhere is named with its line [CORE-DOCS-02]', () => {
  const pages = checkoutOf({
    'README.md': '# A',
    'docs/a.md':
      '[web](https://x.org) [up](../README.md#a) [here](#b)\n# B\n`[code](no.md)`\n[gone](../gone.md)\n[part](../README.md#c)',
  })
  expect(checkLinks(['docs/a.md'], pages)).toEqual([
    'docs/a.md:4: there is no gone.md.',
    'docs/a.md:5: README.md has no section #c.',
  ])
})

test('a path in backticks that is not there is named with its line [CORE-DOCS-02]', () => {
  const text =
    '`systems/shop/src/start.ts` `systems/shop/src/start.ts:12` `systems/<name>/src/start.ts`\n`systems/shop/` `other/x` `systems/shop run`\n' +
    '`systems/shop/src/begin.ts` `systems/none/<name>.ts`'
  const pages = checkoutOf({ 'docs/flows.md': text, 'systems/shop/src/start.ts': '' })
  expect(checkPaths(['docs/flows.md'], ['systems'], pages)).toEqual([
    'docs/flows.md:3: there is no systems/shop/src/begin.ts.',
    'docs/flows.md:3: there is no systems/none.',
  ])
})

test('decisions are numbered without holes, each once and in its title [CORE-DOCS-03]', () => {
  const file = (name: string, title: string) => ({ name, text: `# ${title}\n` })
  expect(checkDecisions([file('0000-a.md', '0000 A'), file('0001-b.md', '0001 B')])).toEqual([])
  const problems = checkDecisions([
    file('0000-a.md', '0000 A'),
    file('0002-b.md', '2. B'),
    file('0002-c.md', '0002 C'),
    file('why.md', 'Why'),
  ]).join('\n')
  for (const part of ['0002-b.md: its title', '0002: used twice', '0001: missing', 'why.md: a decision']) {
    expect(problems).toContain(part)
  }
})
