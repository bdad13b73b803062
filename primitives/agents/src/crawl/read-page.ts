import type { ThreadPart } from '@heavylift/core/threads'
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'

export interface PageInput {
  url: string
  html: string
}

export interface Page {
  title: string
  text: string
  byline: string | null
  publishedAt: string | null
  language: string | null
  links: { url: string; text: string }[]
}

const mostLinks = 200

/**
 * What a page says to a reader: its main text, and links. It runs nothing and asks for nothing. To be called in a thread: a page of the web may take long.
 */
export async function* readPage({ url, html }: PageInput): AsyncGenerator<ThreadPart> {
  yield new TextEncoder().encode(JSON.stringify(pageOf(url, html)))
}

export function pageOf(url: string, html: string): Page {
  // A piece of a page, as mails have it, gets the frame that a browser would give it.
  const { document } = parseHTML(/<body[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`)
  const links: Page['links'] = []
  for (const anchor of document.querySelectorAll('a[href]')) {
    const target = URL.parse(anchor.getAttribute('href') ?? '', url)
    if (links.length === mostLinks) break
    if (target !== null && /^https?:$/.test(target.protocol))
      links.push({ url: target.href, text: squeezed(anchor.textContent).slice(0, 200) })
  }
  const title = squeezed(document.querySelector('title')?.textContent)
  const language = document.documentElement?.getAttribute('lang') ?? null
  for (const hidden of document.querySelectorAll(
    'script, style, template, noscript, [hidden], [aria-hidden="true"]',
  ))
    hidden.remove()
  const whole = squeezed(document.body?.textContent)
  const article = articleOf(document)
  const text = squeezed(article?.textContent)
  return {
    title: squeezed(article?.title) || title,
    // A short page is read whole: there is little to leave out.
    text: text.length < 500 && whole.length > text.length ? whole : text,
    byline: article?.byline ?? null,
    publishedAt: article?.publishedTime ?? null,
    language,
    links,
  }
}

function articleOf(document: unknown) {
  try {
    return new Readability(document as ConstructorParameters<typeof Readability>[0], {
      maxElemsToParse: 50_000,
    }).parse()
  } catch {
    // More elements than are looked at, or a tree that it does not take: the whole text is there.
    return null
  }
}

function squeezed(text: string | null | undefined): string {
  return (text ?? '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[\s]*/g, '\n')
    .trim()
}
