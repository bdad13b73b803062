import type { FieldDecl } from '../parse/ir.ts'

/** Where in a request a field of a struct comes from by its tag, and by which name (Huma, "Request Inputs"). */
export interface TagPlace {
  place: 'path' | 'query' | 'header' | 'cookie' | 'body'
  name: string
}

const tag = /(?:^|\s)(path|query|header|cookie):"([^",]+)/

/** Null of a field that no part of a request fills. */
export function tagPlace({ name, tag: text }: Pick<FieldDecl, 'name' | 'tag'>): TagPlace | null {
  const [, place, key] = tag.exec(text) ?? []
  if (place !== undefined && key !== undefined) return { place: place as TagPlace['place'], name: key }
  return name === 'Body' ? { place: 'body', name: 'body' } : null
}
