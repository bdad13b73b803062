import { createFileRegistry, fromBinary } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import { parse } from '@foxglove/rosmsg'
import { MessageReader } from '@foxglove/rosmsg2-serialization'

/** A channel of an MCAP file, with its schema. */
export interface McapChannel {
  messageEncoding: string
  schemaName: string
  schemaEncoding: string
  schema: Uint8Array
}

export type Decode = (data: Uint8Array) => unknown

const text = new TextDecoder()

/**
 * Reads messages of a channel by the schema that the file has of them: JSON, protobuf (a FileDescriptorSet) and ROS 2's CDR (`ros2msg`). Null for other
 * encodings. Throws where the schema cannot be read.
 */
export function decoderOf({
  messageEncoding,
  schemaName,
  schemaEncoding,
  schema,
}: McapChannel): Decode | null {
  if (messageEncoding === 'json') return (data) => JSON.parse(text.decode(data)) as unknown
  if (messageEncoding === 'protobuf' && schemaEncoding === 'protobuf') {
    const message = createFileRegistry(fromBinary(FileDescriptorSetSchema, schema)).getMessage(schemaName)
    if (!message) throw new Error(`the schema of ${schemaName} does not have it`)
    return (data) => fromBinary(message, data)
  }
  if (messageEncoding === 'cdr' && schemaEncoding === 'ros2msg') {
    const reader = new MessageReader(parse(text.decode(schema), { ros2: true }))
    return (data) => reader.readMessage(data)
  }
  return null
}
