import { createRequire } from 'node:module'
import { Language, Parser } from 'web-tree-sitter'
import type { TreeCursor } from 'web-tree-sitter'
import type { Span } from './ir.ts'

/** A named node of a tree of tree-sitter, or an unnamed one with a field (an operator), copied out of the parser's memory. */
export interface Syntax extends Span {
  type: string
  field: string
  children: Syntax[]
}

const require = createRequire(import.meta.url)
const files = {
  python: require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm'),
  java: require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm'),
  go: require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm'),
}
const parsers = new Map<string, { parser: Parser; language: Language }>()
let ready: Promise<void> | null = null

/** Loads the grammars, once a process. */
export async function loadGrammars(): Promise<void> {
  ready ??= (async () => {
    await Parser.init()
    for (const [name, file] of Object.entries(files)) {
      const language = await Language.load(file)
      const parser = new Parser()
      parser.setLanguage(language)
      parsers.set(name, { parser, language })
    }
  })()
  return ready
}

/** Parses a text. `loadGrammars` comes before. `broken` has what the grammar had to skip or make up. */
export function parseSyntax(grammar: keyof typeof files, text: string): { root: Syntax; broken: Span[] } {
  const found = parsers.get(grammar)
  if (!found) throw new Error('loadGrammars has not been awaited.')
  const tree = found.parser.parse(text)
  if (!tree) throw new Error('The parser was stopped.')
  const broken: Span[] = []
  const cursor = tree.walk()
  try {
    const root = copy(cursor, found.language, broken)
    // The whole of it, or a sign that is missing and has no node of its own.
    if (broken.length === 0 && tree.rootNode.hasError) broken.push({ start: root.start, end: root.end })
    return { root, broken }
  } finally {
    cursor.delete()
    tree.delete()
  }
}

function copy(cursor: TreeCursor, language: Language, broken: Span[]): Syntax {
  const { types, fields } = language
  const make = (): Syntax => ({
    type: types[cursor.nodeTypeId] ?? (cursor.nodeType || 'ERROR'),
    field: fields[cursor.currentFieldId] ?? '',
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
  })
  const root = make()
  const path = [root]
  if (!cursor.gotoFirstChild()) return root
  for (;;) {
    const parent = path.at(-1)
    if (!parent) break
    // A backslash at the end of a line is a node of its own, and says nothing.
    const isNamed = cursor.nodeIsNamed && cursor.nodeType !== 'line_continuation'
    let child: Syntax | null = null
    if (isNamed || cursor.currentFieldId !== 0) {
      child = make()
      if (child.type === 'ERROR' || cursor.nodeIsMissing) broken.push({ start: child.start, end: child.end })
      parent.children.push(child)
    }
    if (isNamed && child && cursor.gotoFirstChild()) {
      path.push(child)
      continue
    }
    while (!cursor.gotoNextSibling()) {
      path.pop()
      if (path.length === 0 || !cursor.gotoParent()) return root
      if (path.length === 0) return root
    }
  }
  return root
}

export function childOf(n: Syntax, field: string): Syntax | null {
  for (const child of n.children) if (child.field === field) return child
  return null
}

export function childrenOf(n: Syntax, field: string): Syntax[] {
  return n.children.filter((child) => child.field === field)
}

export function firstOf(n: Syntax, ...types: string[]): Syntax | null {
  return n.children.find((child) => types.includes(child.type)) ?? null
}

/** Where it stands, without what it is. */
export const at = ({ start, end }: Span): Span => ({ start, end })
