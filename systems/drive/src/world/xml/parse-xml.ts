import { InvalidInputError } from '@heavylift/core'
import { SaxesParser } from 'saxes'
import type { XmlElement } from './xml-element.ts'

/** Elements within elements. Files of the field stay below fifty; what goes deeper only wants to tire its reader. */
const mostDepth = 200
/** Characters of a file; the largest maps of whole cities have a tenth. */
const mostCharacters = 256 * 1024 * 1024

/** Builds the element tree of one file while chunks of it come in. */
export class XmlTreeBuilder {
  readonly #parser: SaxesParser
  readonly #open: XmlElement[] = []
  readonly #file: string
  #root: XmlElement | null = null
  #start = { line: 1, column: 1 }
  #isFirstChunk = true
  #characters = 0

  /** `file` is only for messages. */
  constructor(file: string) {
    this.#file = file
    this.#parser = new SaxesParser({ fileName: file, position: true })
    this.#parser.on('error', (error) => {
      throw new InvalidInputError({
        code: 'drive-file-invalid',
        message: `${file}:${this.#parser.line}:${this.#parser.column + 1}: not well-formed XML (${error.message})`,
      })
    })
    this.#parser.on('doctype', (text) => Object.assign(this.#parser.ENTITIES, entitiesOf(text)))
    this.#parser.on('opentagstart', (tag) => {
      // Here and not when the tag is whole, since the parser keeps all that are open.
      if (this.#open.length === mostDepth)
        throw new InvalidInputError({
          code: 'drive-file-invalid',
          message: `${file}:${this.#parser.line}: <${tag.name}> is nested deeper than ${mostDepth} elements`,
        })
      this.#start = { line: this.#parser.line, column: this.#parser.column }
    })
    this.#parser.on('opentag', (tag) => this.#enter(tag.name, tag.attributes))
    const write = (text: string) => {
      const element = this.#open.at(-1)
      if (element && text.trim() !== '') element.text = (element.text ?? '') + text.trim()
    }
    this.#parser.on('text', write)
    this.#parser.on('cdata', write)
    this.#parser.on('closetag', () => {
      this.#open.pop()
    })
  }

  /** Throws `drive-file-invalid` where it is not XML, nested too deeply, or too large in all. */
  write(chunk: string): void {
    this.#characters += chunk.length
    if (this.#characters > mostCharacters)
      throw new InvalidInputError({
        code: 'drive-file-invalid',
        message: `${this.#file}: is larger than the ${mostCharacters / 1024 / 1024} million characters that are read; divide it.`,
      })
    this.#parser.write(this.#isFirstChunk ? withoutLateDeclaration(chunk) : chunk)
    this.#isFirstChunk = this.#isFirstChunk && chunk === ''
  }

  /** The root element. Throws `drive-file-invalid` if the file ended too early or held none. */
  close(): XmlElement {
    this.#parser.close()
    if (!this.#root)
      throw new InvalidInputError({
        code: 'drive-file-invalid',
        message: `${this.#file}: holds no XML element`,
      })
    return this.#root
  }

  #enter(name: string, attributes: Record<string, string>): void {
    const element: XmlElement = {
      name,
      attributes: { ...attributes },
      children: [],
      file: this.#file,
      line: this.#start.line,
      column: Math.max(1, this.#start.column - name.length - 1),
    }
    const parent = this.#open.at(-1)
    if (parent) parent.children.push(element)
    else this.#root = element
    this.#open.push(element)
  }
}

/** Longest text that a file's own entity may stand for. */
const mostOfEntity = 200

/** Texts that a document type gives names to (`<!ENTITY name "text">`). Those made of others, or of other files, are left out, so that a small file stays small. */
function entitiesOf(doctype: string): Record<string, string> {
  const found = doctype
    .replaceAll(/<!--.*?-->/gs, '')
    .matchAll(/<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g)
  const texts = [...found].map(([, name = '', text, other = '']) => [name, text ?? other] as const)
  return Object.fromEntries(texts.filter(([, text]) => text.length <= mostOfEntity && !/[&<%]/.test(text)))
}

/** A declaration after blank lines is an error of XML that many tools write and read; blanks in its place keep lines and columns. */
function withoutLateDeclaration(chunk: string): string {
  return chunk
    .replace(/^\uFEFF/, '')
    .replace(/^(\s+)<\?xml [^>]*\?>/, (found) => found.replaceAll(/\S/g, ' '))
}

/** Parses a whole text; `file` is only for messages. Throws `drive-file-invalid` with the place where it is not XML. */
export function parseXml(text: string, file: string): XmlElement {
  const builder = new XmlTreeBuilder(file)
  builder.write(text)
  return builder.close()
}

/** Parses a file as it is read. */
export async function parseXmlChunks(chunks: AsyncIterable<string>, file: string): Promise<XmlElement> {
  const builder = new XmlTreeBuilder(file)
  for await (const chunk of chunks) builder.write(chunk)
  return builder.close()
}
