import { create, createFileRegistry, fromJson, toBinary } from '@bufbuild/protobuf'
import type { DescMessage, JsonValue } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { parse } from '@foxglove/rosmsg'
import { MessageWriter } from '@foxglove/rosmsg2-serialization'
import { McapWriter, TempBuffer } from '@mcap/core'

/** A channel of a made MCAP file, and how its messages become bytes. */
export interface MadeChannel {
  topic: string
  schemaName: string
  schemaEncoding: string
  schema: Uint8Array
  messageEncoding: string
  encode(content: unknown): Uint8Array
}

/** ROS 2: the definition with those that it uses, as bags carry it. */
export function rosChannel(topic: string, schemaName: string, definition: string): MadeChannel {
  const writer = new MessageWriter(parse(definition, { ros2: true }))
  return {
    topic,
    schemaName,
    schemaEncoding: 'ros2msg',
    schema: new TextEncoder().encode(definition),
    messageEncoding: 'cdr',
    encode: (content) => writer.writeMessage(content),
  }
}

type Fields = Record<string, [number: number, type: string]>

/** Protobuf (proto3): messages by name, fields by number; `[]` after the type of those of which there are many. */
export function protobufChannel(
  topic: string,
  schemaName: string,
  messages: Record<string, Fields>,
): MadeChannel {
  const dot = schemaName.lastIndexOf('.')
  const set = create(FileDescriptorSetSchema, {
    file: [
      {
        name: 'made.proto',
        syntax: 'proto3',
        package: schemaName.slice(0, dot),
        messageType: Object.entries(messages).map(([name, fields]) => ({
          name,
          field: Object.entries(fields).map(([field, [number, type]]) => {
            const scalar = {
              double: FieldDescriptorProto_Type.DOUBLE,
              string: FieldDescriptorProto_Type.STRING,
            }[type.replace('[]', '')]
            return {
              name: field,
              number,
              label: type.endsWith('[]')
                ? FieldDescriptorProto_Label.REPEATED
                : FieldDescriptorProto_Label.OPTIONAL,
              ...(scalar === undefined
                ? {
                    type: FieldDescriptorProto_Type.MESSAGE,
                    typeName: `.${schemaName.slice(0, dot)}.${type.replace('[]', '')}`,
                  }
                : { type: scalar }),
            }
          }),
        })),
      },
    ],
  })
  const message = createFileRegistry(set).getMessage(schemaName) as DescMessage
  return {
    topic,
    schemaName,
    schemaEncoding: 'protobuf',
    schema: toBinary(FileDescriptorSetSchema, set),
    messageEncoding: 'protobuf',
    encode: (content) => toBinary(message, fromJson(message, content as JsonValue)),
  }
}

/** An MCAP file of messages in the order given. */
export async function madeMcap(
  messages: { channel: MadeChannel; timeS: number; content: unknown }[],
): Promise<Uint8Array> {
  const buffer = new TempBuffer()
  const writer = new McapWriter({ writable: buffer })
  await writer.start({ profile: '', library: 'test' })
  const ids = new Map<MadeChannel, number>()
  for (const { channel, timeS, content } of messages) {
    let id = ids.get(channel)
    if (id === undefined) {
      const { topic, schemaName: name, schemaEncoding: encoding, schema: data, messageEncoding } = channel
      const schemaId = await writer.registerSchema({ name, encoding, data })
      id = await writer.registerChannel({ topic, schemaId, messageEncoding, metadata: new Map() })
      ids.set(channel, id)
    }
    const time = BigInt(Math.round(timeS * 1e9))
    const data = channel.encode(content)
    await writer.addMessage({ channelId: id, sequence: 0, logTime: time, publishTime: time, data })
  }
  await writer.end()
  return buffer.get()
}

/** Fields of a message on the wire: doubles, varints (bigint) and messages, by number. */
export type WireFields = [number: number, value: number | bigint | Uint8Array][]

export function wire(fields: WireFields): Uint8Array {
  const writer = new BinaryWriter()
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.tag(number, WireType.Bit64).double(value)
    else if (typeof value === 'bigint') writer.tag(number, WireType.Varint).uint64(value)
    else writer.tag(number, WireType.LengthDelimited).bytes(value)
  }
  return writer.finish()
}

/** Someone in OSI: MovingObject. `vehicle`: its VehicleClassification.Type. */
export function osiObject(
  id: number,
  x: number,
  y: number,
  speedMps: number,
  vehicle = 4,
  type = 2,
): Uint8Array {
  const vector = (vx: number, vy: number) => wire([[1, vx], [2, vy], [3, 0]]) // prettier-ignore
  return wire([
    [1, wire([[1, BigInt(id)]])],
    [
      2,
      wire([
        [1, vector(4.5, 1.8)],
        [2, vector(x, y)],
        [3, wire([[3, 0]])],
        [4, vector(speedMps, 0)],
        // The outline, which nobody reads here.
        [7, vector(1, 1)],
      ]),
    ],
    [3, BigInt(type)],
    [6, wire([[1, BigInt(vehicle)]])],
  ])
}

export function osiGroundTruth(timeS: number, host: number, objects: Uint8Array[]): Uint8Array {
  const seconds = Math.floor(timeS)
  return wire([
    [1, wire([[1, 3n], [2, 7n]])], // prettier-ignore
    [2, wire([[1, BigInt(seconds)], [2, BigInt(Math.round((timeS - seconds) * 1e9))]])], // prettier-ignore
    [3, wire([[1, BigInt(host)]])],
    ...objects.map((object): WireFields[0] => [5, object]),
  ])
}

export function osiSensorView(timeS: number, host: number, truth: Uint8Array): Uint8Array {
  return wire([
    [2, wire([[1, BigInt(Math.floor(timeS))]])],
    [7, truth],
    [8, wire([[1, BigInt(host)]])],
  ])
}

/** A trace: each message after its length. */
export function osiTrace(messages: Uint8Array[]): Uint8Array {
  return Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(message.length)
      return [length, message]
    }),
  )
}
