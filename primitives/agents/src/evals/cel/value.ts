import { celList, celMap, celType, celUint, isCelList, isCelMap, isCelType, isCelUint } from '@bufbuild/cel'
import type { CelInput, CelValue } from '@bufbuild/cel'
import type { MapValue_Entry, Value } from '@bufbuild/cel-spec/cel/expr/value_pb.js'
import { equals } from '@bufbuild/protobuf'
import type { DescMessage, Message, Registry } from '@bufbuild/protobuf'
import { isReflectMessage } from '@bufbuild/protobuf/reflect'
import { anyUnpack } from '@bufbuild/protobuf/wkt'

/** A value of cel-spec's test files as the engine takes it. Throws for kinds that it has none of. */
export function fromSpec(value: Value, registry: Registry): CelInput {
  const { kind } = value
  switch (kind.case) {
    case 'nullValue':
      return null
    case 'uint64Value':
      return celUint(kind.value)
    case 'enumValue':
      return BigInt(kind.value.value)
    case 'objectValue': {
      const message = anyUnpack(kind.value, registry)
      if (message === undefined) throw new Error(`unknown message ${kind.value.typeUrl}`)
      return message
    }
    case 'mapValue':
      return celMap(
        new Map(
          kind.value.entries.map((entry: MapValue_Entry) => [
            fromSpec(entry.key!, registry) as string,
            fromSpec(entry.value!, registry),
          ]),
        ),
      )
    case 'listValue':
      return celList(kind.value.values.map((item: Value) => fromSpec(item, registry)))
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value
    default:
      throw new Error(`a value of kind ${kind.case} is not supported`)
  }
}

/** Whether a result is the value that a test expects: the type counts, and NaN is itself. */
export function isAsExpected(actual: CelValue, expected: Value, registry: Registry): boolean {
  const { kind } = expected
  switch (kind.case) {
    case 'typeValue':
      return isCelType(actual) && actual.name === kind.value
    case 'listValue': {
      const { values } = kind.value
      if (!isCelList(actual) || actual.size !== values.length) return false
      return [...actual].every((item, at) => isAsExpected(item, values[at]!, registry))
    }
    case 'mapValue': {
      const { entries } = kind.value
      if (!isCelMap(actual) || actual.size !== entries.length) return false
      return entries.every((entry: MapValue_Entry) => {
        const item = actual.get(fromSpec(entry.key!, registry) as string)
        return item !== undefined && isAsExpected(item, entry.value!, registry)
      })
    }
    case 'doubleValue':
      return typeof actual === 'number' && Object.is(actual + 0, kind.value + 0)
    case 'uint64Value':
      return isCelUint(actual) && actual.value === kind.value
    case 'enumValue':
      return actual === BigInt(kind.value.value)
    case 'bytesValue':
      return actual instanceof Uint8Array && Buffer.from(actual).equals(Buffer.from(kind.value))
    case 'objectValue': {
      const message = anyUnpack(kind.value, registry)
      if (message === undefined || !isReflectMessage(actual)) return false
      const desc = registry.getMessage(message.$typeName)
      if (desc === undefined || actual.desc.typeName !== message.$typeName) return false
      return equals(desc as DescMessage, actual.message as Message, message, { registry, unpackAny: true })
    }
    case 'nullValue':
      return actual === null
    case 'boolValue':
    case 'int64Value':
    case 'stringValue':
      return actual === kind.value
    default:
      throw new Error(`${celType(actual).name} cannot be compared with ${kind.case}`)
  }
}
