import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import type { Observation } from '../domain/evidence.ts'
import { observeText, readDate } from './read-text.ts'
import type { SiteAdapter } from './site-adapters.ts'
import { longestText } from './statements.ts'

/** Longest page that is parsed, in characters. */
const longestPage = 2_000_000

type Page = ReturnType<typeof parseHTML>['document']
type Node = NonNullable<ReturnType<Page['querySelector']>>

/**
 * What a page says: its tables and lists of fields, its title and its main text (Readability). What a reader can't see (comments,
 * scripts, hidden elements) says nothing. `adapter` names the parts to read on a known site.
 */
export function observePage(document: string, html: string, adapter: SiteAdapter | null = null): Observation {
  const page = parsePage(html)
  const dated = page.querySelector('meta[property="article:modified_time"],meta[name="date"],time[datetime]')
  const stated = dated?.getAttribute('content') ?? dated?.getAttribute('datetime') ?? null
  return observeText(
    { document, source: 'page', dateMs: stated === null ? null : readDate(stated) },
    readPage(page, adapter),
  )
}

/** The text of HTML that a reader can see, a block a line. */
export function pageText(html: string): string {
  return readPage(parsePage(html), null)
}

/** A fragment gets a body around it: without one it has no root. */
function parsePage(html: string): Page {
  const text = html.slice(0, longestPage)
  return parseHTML(/<body[\s>]/i.test(text) ? text : `<html><body>${text}</body></html>`).document
}

function readPage(page: Page, adapter: SiteAdapter | null): string {
  for (const element of page.querySelectorAll(
    'script,style,template,noscript,svg,[hidden],[aria-hidden="true"]',
  ))
    element.remove()
  for (const element of page.querySelectorAll('[style]'))
    if (isHidden(element.getAttribute('style') ?? '')) element.remove()
  const parts: string[] = []
  if (adapter !== null) {
    for (const selector of adapter.read)
      for (const element of page.querySelectorAll(selector)) parts.push(blockText(element))
    return parts.join('\n\n').slice(0, longestText)
  }
  const title = page.querySelector('title')?.textContent?.trim()
  if (title) parts.push(title)
  parts.push(...fieldsOf(page))
  // Readability takes the page apart, so it gets a copy.
  const main = readMain(page)
  parts.push(main ?? blockText(page.querySelector('body') ?? page.documentElement))
  return parts.join('\n\n').slice(0, longestText)
}

/** `Use: Single family` out of rows of tables with two cells and out of description lists; they leave the page. */
function fieldsOf(page: Page): string[] {
  const fields: string[] = []
  for (const row of page.querySelectorAll('tr')) {
    const cells = [...row.querySelectorAll('th,td')].map((cell) =>
      (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
    )
    if (cells.length !== 2 || cells[0] === '') continue
    fields.push(`${cells[0]!.replace(/:$/, '')}: ${cells[1]}`)
    row.remove()
  }
  for (const name of page.querySelectorAll('dt')) {
    const value = name.nextElementSibling
    if (value?.tagName !== 'DD') continue
    fields.push(
      `${(name.textContent ?? '').trim().replace(/:$/, '')}: ${(value.textContent ?? '').replaceAll(/\s+/g, ' ').trim()}`,
    )
    value.remove()
    name.remove()
  }
  return fields
}

function readMain(page: Page): string | null {
  const text = page.querySelector('body')?.textContent ?? ''
  // A short page is read whole: there is little to leave out, and Readability may leave out all of it.
  if (text.length < 1500) return null
  try {
    const { document: copy } = parseHTML(page.documentElement.outerHTML)
    const article = new Readability(copy as unknown as ConstructorParameters<typeof Readability>[0], {
      charThreshold: 200,
    }).parse()
    return article?.content
      ? blockText(parseHTML(`<html><body>${article.content}</body></html>`).document.documentElement)
      : null
  } catch {
    return null
  }
}

const blocks =
  /^(?:P|DIV|LI|UL|OL|TR|TABLE|SECTION|ARTICLE|HEADER|FOOTER|H[1-6]|BR|DD|DT|BLOCKQUOTE|NAV|MAIN|FORM)$/
const spaced = /^(?:P|DIV|SECTION|ARTICLE|TABLE|UL|OL|H[1-6]|BLOCKQUOTE|HEADER|FOOTER|NAV)$/

function blockText(element: Node): string {
  let text = ''
  const visit = (node: {
    nodeType: number
    textContent: string | null
    childNodes: Iterable<unknown>
  }): void => {
    if (node.nodeType === 3) text += (node.textContent ?? '').replaceAll(/\s+/g, ' ')
    if (node.nodeType !== 1) return
    const tag = (node as unknown as Node).tagName
    if (spaced.test(tag)) text += '\n\n'
    else if (blocks.test(tag)) text += '\n'
    for (const child of node.childNodes) visit(child as Parameters<typeof visit>[0])
    if (tag === 'TD' || tag === 'TH') text += ' '
    if (spaced.test(tag)) text += '\n\n'
    else if (blocks.test(tag)) text += '\n'
  }
  visit(element as unknown as Parameters<typeof visit>[0])
  return text
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

function isHidden(style: string): boolean {
  const plain = style.toLowerCase().replaceAll(/\s+/g, '')
  return /display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])|(?:^|;)color:(?:white|#fff(?:fff)?|transparent)(?![\w])|left:-\d{3,}|text-indent:-\d{3,}|(?:^|;)(?:width|height):[01](?:px)?(?:;|$)/.test(
    plain,
  )
}
