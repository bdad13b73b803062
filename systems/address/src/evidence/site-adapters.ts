import { z } from 'zod'

/** Which parts of a known site's pages are read. Data: it is kept in a JSON file, and names CSS selectors, never code. */
export const siteAdapter = z.strictObject({
  host: z.string().min(1).describe('Host of the site, without www.'),
  read: z
    .array(z.string().min(1).max(200))
    .min(1)
    .describe('CSS selectors of the elements that are read, in order.'),
})

export type SiteAdapter = z.output<typeof siteAdapter>

/** The adapter for a page's address, or null. */
export function adapterFor(adapters: readonly SiteAdapter[], url: string | null): SiteAdapter | null {
  if (url === null || !URL.canParse(url)) return null
  const host = new URL(url).hostname.replace(/^www\./, '')
  return adapters.find((adapter) => adapter.host === host) ?? null
}
