/**
 * What EBU OGraf 1 says of a manifest, written down from its specification (sections "Manifest Model", "Custom actions",
 * "RenderRequirements") and the types of the `ograf` package, with the subset of JSON Schema that GDD allows for data.
 */
const vendor = { '^v_': {} }
const basicTypes = ['boolean', 'string', 'number', 'integer', 'array', 'object']
const numberConstraint = {
  type: 'object',
  properties: Object.fromEntries(['min', 'max', 'exact', 'ideal'].map((name) => [name, { type: 'number' }])),
  patternProperties: vendor,
  additionalProperties: false,
}

const filePath = {
  type: { const: 'string' },
  gddOptions: { type: 'object', properties: { extensions: { type: 'array', items: { type: 'string' } } } },
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
          accessToPublicInternet: {
            type: 'object',
            properties: { exact: { type: 'boolean' }, ideal: { type: 'boolean' } },
            patternProperties: vendor,
            additionalProperties: false,
          },
          engine: {
            type: 'array',
            items: {
              type: 'object',
              required: ['type', 'version'],
              properties: {
                type: { type: 'string' },
                version: { type: 'object', required: ['min'], properties: { min: { type: 'string' } } },
              },
            },
          },
        },
        patternProperties: vendor,
        additionalProperties: false,
      },
    },
    thumbnails: {
      type: 'array',
      items: {
        type: 'object',
        required: ['file'],
        properties: {
          file: { type: 'string' },
          resolution: {
            type: 'object',
            required: ['width', 'height'],
            properties: {
              width: { type: 'integer', minimum: 1 },
              height: { type: 'integer', minimum: 1 },
            },
          },
        },
        patternProperties: vendor,
        additionalProperties: false,
      },
    },
  },
  patternProperties: vendor,
  additionalProperties: false,
  $defs: {
    data: {
      type: 'object',
      required: ['type'],
      properties: {
        type: { enum: basicTypes },
        hidden: { type: 'boolean' },
        gddType: { type: 'string' },
        gddOptions: { type: 'object' },
        order: { type: 'number' },
        properties: { type: 'object', additionalProperties: { $ref: '#/$defs/data' } },
        items: { $ref: '#/$defs/data' },
      },
      allOf: [
        { $ref: 'https://json-schema.org/draft/2020-12/schema' },
        ...basicTypes.map((type) => whereIs({ type }, { properties: { default: { type } } })),
        whereIs({ type: 'array' }, { required: ['items'] }),
        whereIs({ type: 'object' }, { required: ['properties'] }),
        gddType('single-line', { type: { const: 'string' } }),
        gddType('multi-line', { type: { const: 'string' } }),
        gddType('file-path', filePath),
        gddType('file-path/image-path', filePath),
        gddType(
          'select',
          { type: { enum: ['string', 'number', 'integer'] }, gddOptions: { required: ['labels'] } },
          ['gddOptions', 'enum'],
        ),
        ...['string', 'integer', 'number'].map((type) =>
          whereIs({ gddType: 'select', type }, { properties: { enum: { items: { type } } } }),
        ),
        gddType('color-rrggbb', { type: { const: 'string' }, pattern: { const: '^#[0-9a-f]{6}$' } }, [
          'pattern',
        ]),
        gddType('color-rrggbbaa', { type: { const: 'string' }, pattern: { const: '^#[0-9a-f]{8}$' } }, [
          'pattern',
        ]),
        gddType('percentage', { type: { const: 'number' } }),
        gddType('duration-ms', { type: { const: 'integer' } }),
      ],
    },
  },
}

/** What the specification's table of GDD types asks of a field of that type. */
function gddType(name: string, properties: object, required: string[] = []) {
  return whereIs({ gddType: name }, { properties, required })
}

/** A schema that asks something only of what has these values. */
function whereIs(values: Record<string, string>, asked: object) {
  const properties = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { const: value }]))
  return { anyOf: [{ not: { properties, required: Object.keys(values) } }, asked] }
}
