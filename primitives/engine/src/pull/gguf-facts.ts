import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tensorBytes } from './gguf-tensors.ts'
import { PullError } from './pull-error.ts'

/** What a GGUF file says about itself. */
export interface GgufFacts {
  architecture: string
  name: string | null
  licence: string | null
  /** Tokens that it was trained on at once; null when not stated. */
  contextTokens: number | null
  hasChatTemplate: boolean
  /** An encoder that says how it pools: it gives vectors, and no text. */
  isEmbedder: boolean
}

type Value = string | number | bigint | boolean | null

const scalarBytes = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8]
const stringType = 8
const arrayType = 9

const usualAlignment = 32

/**
 * Reads the head of a GGUF file, version 2 or 3 (ggml, "GGUF specification"): key-values and the table of tensors. Arrays
 * (vocabularies) are skipped.
 * @throws PullError `model-file-invalid` when it is none, or has fewer bytes than its table of tensors says.
 */
export async function readGgufFacts(path: string): Promise<GgufFacts> {
  const file = await open(path)
  try {
    const { values, leastBytes } = await readHead(new HeadReader(file), path)
    const { size } = await file.stat()
    if (size < leastBytes) {
      throw new PullError(
        'model-file-invalid',
        `${path} is cut off: it has ${size} bytes, and its tensors end at ${leastBytes}. Fetch it again.`,
      )
    }
    const text = (key: string) => (typeof values.get(key) === 'string' ? (values.get(key) as string) : null)
    const architecture = text('general.architecture') ?? 'unknown'
    const context = values.get(`${architecture}.context_length`)
    return {
      architecture,
      name: text('general.name'),
      licence: text('general.license'),
      contextTokens: typeof context === 'number' ? context : null,
      hasChatTemplate: text('tokenizer.chat_template') !== null,
      isEmbedder: values.has(`${architecture}.pooling_type`),
    }
  } finally {
    await file.close()
  }
}

interface Head {
  values: Map<string, Value>
  leastBytes: number
}

async function readHead(reader: HeadReader, path: string): Promise<Head> {
  try {
    if ((await reader.bytes(4)).toString('latin1') !== 'GGUF') throw new RangeError('magic')
    const version = (await reader.bytes(4)).readUInt32LE()
    if (version !== 2 && version !== 3) throw new RangeError('version')
    const tensors = await reader.count(1_000_000)
    const count = await reader.count(1_000_000)
    const values = new Map<string, Value>()
    for (let index = 0; index < count; index++) {
      const key = await reader.text()
      values.set(key, await reader.value((await reader.bytes(4)).readUInt32LE()))
    }
    const tensorsEnd = await readTensors(reader, tensors)
    const alignment = values.get('general.alignment')
    return { values, leastBytes: leastBytes(reader.offset, tensorsEnd, alignment) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new PullError(
      'model-file-invalid',
      `${path} is not a whole GGUF file. Models for other engines (safetensors, …) have to be converted to GGUF.`,
      error,
    )
  }
}

/** Where the last tensor ends, counted from where their data begins; 0 without any. */
async function readTensors(reader: HeadReader, count: number): Promise<number> {
  let end = 0
  for (let index = 0; index < count; index++) {
    await reader.text()
    const dimensions = (await reader.bytes(4)).readUInt32LE()
    if (dimensions > 8) throw new RangeError('dimensions')
    let elements = 1
    for (let dimension = 0; dimension < dimensions; dimension++) {
      elements *= await reader.count(Number.MAX_SAFE_INTEGER)
    }
    const type = (await reader.bytes(4)).readUInt32LE()
    const offset = await reader.count(Number.MAX_SAFE_INTEGER)
    end = Math.max(end, offset + tensorBytes(type, elements))
  }
  return end
}

/** Data begins at the next multiple of the alignment after the head. */
function leastBytes(headBytes: number, tensorsEnd: number, alignment: Value | undefined): number {
  if (tensorsEnd === 0) return headBytes
  const step = typeof alignment === 'number' && alignment > 0 ? alignment : usualAlignment
  return Math.ceil(headBytes / step) * step + tensorsEnd
}

/** Reads forward through a file, a mebibyte at a time. Throws `RangeError` at its end. */
class HeadReader {
  readonly #file: FileHandle
  #buffer = Buffer.alloc(0)
  #at = 0
  /** Of the first byte that is not in the buffer. */
  #position = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** Of the next byte to be read. */
  get offset(): number {
    return this.#position - (this.#buffer.length - this.#at)
  }

  async bytes(length: number): Promise<Buffer> {
    while (this.#buffer.length - this.#at < length) await this.#fill(length)
    this.#at += length
    return this.#buffer.subarray(this.#at - length, this.#at)
  }

  async skip(length: number): Promise<void> {
    const held = Math.min(length, this.#buffer.length - this.#at)
    this.#at += held
    this.#position += length - held
  }

  async count(most: number): Promise<number> {
    const value = Number((await this.bytes(8)).readBigUInt64LE())
    if (value > most) throw new RangeError('length')
    return value
  }

  async text(): Promise<string> {
    return (await this.bytes(await this.count(16 * 1024 * 1024))).toString('utf8')
  }

  async value(type: number): Promise<Value> {
    if (type === stringType) return this.text()
    if (type === arrayType) {
      const inner = (await this.bytes(4)).readUInt32LE()
      const length = await this.count(100_000_000)
      if (inner === stringType) {
        for (let index = 0; index < length; index++) await this.skip(await this.count(16 * 1024 * 1024))
      } else if (inner === arrayType) {
        for (let index = 0; index < length; index++) await this.value(arrayType)
      } else await this.skip(length * (scalarBytes[inner] ?? 0))
      return null
    }
    const size = scalarBytes[type]
    if (size === undefined) throw new RangeError('type')
    const bytes = await this.bytes(size)
    if (type === 4) return bytes.readUInt32LE()
    if (type === 5) return bytes.readInt32LE()
    if (type === 10) return Number(bytes.readBigUInt64LE())
    return null
  }

  async #fill(length: number): Promise<void> {
    const next = Buffer.alloc(Math.max(1024 * 1024, length))
    const { bytesRead } = await this.#file.read(next, 0, next.length, this.#position)
    if (bytesRead === 0) throw new RangeError('end')
    this.#position += bytesRead
    this.#buffer = Buffer.concat([this.#buffer.subarray(this.#at), next.subarray(0, bytesRead)])
    this.#at = 0
  }
}
