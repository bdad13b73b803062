import { ConflictError } from '@heavylift/core'
import { isCollection, isMap, isScalar, isSeq, stringify } from 'yaml'
import type { Document, YAMLMap, YAMLSeq } from 'yaml'
import { isEqual } from './change.ts'
import type { Change } from './change.ts'
import { parseFile } from './parse-file.ts'
import type { ParsedFile } from './parse-file.ts'
import { placeText } from './place.ts'
import type { Place, Segment } from './place.ts'

/** More changes than this go into one text at once, which is then written anew from the first changed line to the last. */
const mostSingly = 40

/**
 * The text after changes; comments, the order of fields and everything else that a person wrote stay, and lines that no change
 * touches stay as they were to the byte.
 *
 * @throws ConflictError `place-gone` when a change lies inside something that is no longer there
 */
export function editText(text: string, changes: readonly Change[]): string {
  if (changes.length > mostSingly) return editOnce(text, changes)
  return changes.reduce((edited, change) => editOnce(edited, [change]), text)
}

function editOnce(text: string, changes: readonly Change[]): string {
  const file = parseFile(text)
  if (file.value === undefined)
    throw new ConflictError({
      code: 'file-unreadable',
      message: 'The text cannot be read as it is. Mend it in the text view, or undo.',
    })
  const before = textOf(file)
  for (const change of changes) apply(file.document, change)
  const after = textOf(file)
  const edited = spliceLines(text, before, after)
  const padded =
    edited !== null && /[:,-] \{ /.test(text) ? spliceLines(text, before, padObjects(after, before)) : null
  if (padded !== null && isEqual(parseFile(padded).value, file.document.toJS({ maxAliasCount: 0 })))
    return padded
  // A file that is laid out as no writer does it: what it means counts more than its lines.
  return edited !== null && isEqual(parseFile(edited).value, file.document.toJS({ maxAliasCount: 0 }))
    ? edited
    : after
}

/** What changed from `before` to `after`, two texts as we write them, in a text that a person wrote and that has the same lines. */
function spliceLines(text: string, before: string, after: string): string | null {
  const [own, from, to] = [text, before, after].map((each) => each.split('\n')) as [
    string[],
    string[],
    string[],
  ]
  if (text !== '' && !text.endsWith('\n')) own.push('')
  if (own.length !== from.length) return null
  let head = 0
  while (head < from.length && head < to.length && from[head] === to[head]) head++
  let tail = 0
  const most = Math.min(from.length, to.length) - head
  while (tail < most && from.at(-1 - tail) === to.at(-1 - tail)) tail++
  return [...own.slice(0, head), ...to.slice(head, to.length - tail), ...own.slice(own.length - tail)].join(
    '\n',
  )
}

/** `{ a: 1 }` beside `[a]`, as many people write it and the writer cannot; in changed lines only. */
function padObjects(after: string, before: string): string {
  const kept = new Set(before.split('\n'))
  return after
    .split('\n')
    .map((line) =>
      kept.has(line)
        ? line
        : line.replace(/(^|[\s[,:-])\{(?=[^\s}])/g, '$1{ ').replace(/([^\s{])\}(?=[\s,\]}]|$)/g, '$1 }'),
    )
    .join('\n')
}

function textOf({ document, format, text }: ParsedFile): string {
  if (format === 'json') return `${JSON.stringify(document.toJS({ maxAliasCount: 0 }), null, 2)}\n`
  return document.toString({ lineWidth: 0, ...layoutOf(text) })
}

/** How deep the file is indented, whether its lists are, and whether its one-line lists and objects are padded. */
function layoutOf(text: string): { indent: number; indentSeq: boolean; flowCollectionPadding: boolean } {
  const inner = /^(?:[^\s#-][^\n]*:\s*\n)( +)\S/m.exec(text)?.[1]?.length
  const isFlat = /^[^\s#-][^\n]*:\s*\n- /m.test(text)
  const isTight = /[:,-] [[{]\S/.test(text)
  return { indent: Math.min(8, Math.max(2, inner ?? 2)), indentSeq: !isFlat, flowCollectionPadding: !isTight }
}

function apply(document: Document.Parsed, change: Change): void {
  const place = change.place
  if (place.length === 0) {
    document.contents = document.createNode(change.to) as typeof document.contents
    return
  }
  if (change.kind === 'order') {
    order(find(document, place, change), change.to)
    return
  }
  const last = place.at(-1)!
  const parent = container(document, place, change)
  if (typeof last === 'string') setField(document, parent, last, change)
  else setElement(document, parent, last, change)
}

/** The collection that a place lies in; made where a field of it is new. */
function container(document: Document.Parsed, place: Place, change: Change): YAMLMap | YAMLSeq {
  const around = place.slice(0, -1)
  const isList = typeof place.at(-1) === 'object'
  const found = around.length === 0 ? document.contents : lookUp(document, around)
  if (isList ? isSeq(found) : isMap(found)) return found as YAMLMap | YAMLSeq
  const name = around.at(-1)
  if (typeof name !== 'string' || change.to === undefined) throw gone(place)
  const outer = around.length === 1 ? document.contents : lookUp(document, around.slice(0, -1))
  if (!isMap(outer)) throw gone(place)
  const made = document.createNode(isList ? [] : {}) as YAMLMap | YAMLSeq
  outer.set(name, made)
  return made
}

function find(document: Document.Parsed, place: Place, change: Change): YAMLSeq {
  const found = lookUp(document, place)
  if (!isSeq(found)) throw gone(change.place)
  return found
}

function lookUp(document: Document.Parsed, place: Place): unknown {
  let node: unknown = document.contents
  for (const segment of place) {
    if (typeof segment === 'string') node = isMap(node) ? node.get(segment, true) : undefined
    else node = isSeq(node) ? node.items[indexOf(node, segment)] : undefined
  }
  return node
}

function setField(document: Document, parent: YAMLMap | YAMLSeq, name: string, { to }: Change): void {
  if (!isMap(parent)) return
  if (to === undefined) {
    parent.delete(name)
    return
  }
  const before = parent.get(name, true)
  // Comments and quotes of a value stay with it when it changes.
  if (isScalar(before) && !isObject(to)) {
    // Quotes that only the value before needed (a blank at its end, while it was typed) are no choice of a person.
    if (typeof before.value === 'string' && /^["']/.test(stringify(before.value))) delete before.type
    before.value = to
    if (typeof to !== 'string') delete before.source
    return
  }
  const made = document.createNode(to)
  if (isCollection(before) && isCollection(made)) {
    if (before.commentBefore != null) made.commentBefore = before.commentBefore
    if (before.comment != null) made.comment = before.comment
    if (before.flow === true) made.flow = true
  }
  parent.set(name, made)
}

function setElement(
  document: Document,
  parent: YAMLMap | YAMLSeq,
  segment: Exclude<Segment, string>,
  change: Change & { kind?: 'value' },
): void {
  if (!isSeq(parent)) return
  const index = indexOf(parent, segment)
  if (change.to === undefined) {
    if (index !== -1) parent.items.splice(index, 1)
    return
  }
  const made = document.createNode(change.to)
  if (index !== -1) parent.items[index] = made
  else if (change.kind === 'value' && change.after === null) parent.items.unshift(made)
  else {
    const after = change.kind === 'value' && typeof change.after === 'string' ? change.after : null
    const at = after === null ? -1 : indexOf(parent, { id: after })
    if (at === -1) parent.items.push(made)
    else parent.items.splice(at + 1, 0, made)
  }
}

function order(list: YAMLSeq, ids: readonly string[]): void {
  const rank = new Map(ids.map((id, index) => [id, index]))
  const rankOf = (item: unknown) => rank.get(String(isMap(item) ? item.get('id') : '')) ?? ids.length
  list.items.sort((a, b) => rankOf(a) - rankOf(b))
}

function indexOf(list: YAMLSeq, segment: Exclude<Segment, string>): number {
  return list.items.findIndex((item) => {
    if ('value' in segment) return isScalar(item) && item.value === segment.value
    return isMap(item) && item.get('id') === segment.id
  })
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

function gone(place: Place): ConflictError {
  return new ConflictError({
    code: 'place-gone',
    message: `${placeText(place)} is no longer there; somebody took away what it was part of. Undo their edit, or leave yours.`,
  })
}
