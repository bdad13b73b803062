/**
 * What EBU OGraf 1 says of a manifest, written down from its specification (sections "Manifest Model", "Custom actions",
 * "RenderRequirements") and the types of the `ograf` package, with the subset of JSON Schema that GDD allows for data.
 */
const vendor = { '^v_': {} }
const numberConstraint = {
  type: 'object',
  properties: Object.fromEntries(['min', 'max', 'exact', 'ideal'].map((name) => [name, { type: 'number' }])),
  patternProperties: vendor,
  additionalProperties: false,
}

export const manifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['$schema', 'id', 'name', 'main', 'supportsRealTime', 'supportsNonRealTime'],
  properties: {
    $schema: { const: 'https://ograf.ebu.io/v1/specification/json-schemas/graphics/schema.json' },
    id: { type: 'string', pattern: '^[^/]+$' },
    version: { type: 'string' },
    main: { type: 'string' },
    name: { type: 'string' },
    description: { type: 'string' },
    author: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, email: { type: 'string' }, url: { type: 'string' } },
      patternProperties: vendor,
      additionalProperties: false,
    },
    customActions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          description: { type: 'string' },
          schema: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/data' }] },
        },
        patternProperties: vendor,
        additionalProperties: false,
      },
    },
    supportsRealTime: { type: 'boolean' },
    supportsNonRealTime: { type: 'boolean' },
    stepCount: { type: 'integer', minimum: -1 },
    schema: { $ref: '#/$defs/data' },
    renderRequirements: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          resolution: { type: 'object', properties: { width: numberConstraint, height: numberConstraint } },
          frameRate: numberConstraint,
          accessToPublicInternet: { type: 'object' },
          engine: { type: 'array' },
        },
        patternProperties: vendor,
        additionalProperties: false,
      },
    },
    thumbnails: { type: 'array', items: { type: 'object', required: ['file'] } },
  },
  patternProperties: vendor,
  additionalProperties: false,
  $defs: {
    data: {
      type: 'object',
      required: ['type'],
      properties: {
        type: { enum: ['boolean', 'string', 'number', 'integer', 'array', 'object'] },
        gddType: { type: 'string' },
        gddOptions: { type: 'object' },
        order: { type: 'number' },
        properties: { type: 'object', additionalProperties: { $ref: '#/$defs/data' } },
        items: { $ref: '#/$defs/data' },
      },
      allOf: [
        { $ref: 'https://json-schema.org/draft/2020-12/schema' },
        gddType('select', ['string', 'integer', 'number'], ['enum']),
        gddType('color-rrggbb', ['string'], ['pattern']),
        gddType('single-line', ['string'], []),
        gddType('multi-line', ['string'], []),
        gddType('percentage', ['number'], []),
        gddType('duration-ms', ['integer'], []),
      ],
    },
  },
}

/** A GDD type stands only on the basic types that the specification names for it. */
function gddType(name: string, types: string[], required: string[]) {
  return {
    anyOf: [
      { not: { properties: { gddType: { const: name } }, required: ['gddType'] } },
      { properties: { type: { enum: types } }, required },
    ],
  }
}
