/** Libraries of schemas whose calls make them: zod, yup, Joi, superstruct, valibot, TypeBox. */
const makers =
  /^(?:zod(?:\/(?:v\d|mini|v4-mini))?|@hono\/zod-openapi|yup|joi|@hapi\/joi|superstruct|valibot|(?:@sinclair\/)?typebox)\./
/** What of them fails where something does not fit, and is not followed. */
const mayThrow =
  /\.(?:cast|decode|decodeAsync|encode|encodeAsync|parser|parserAsync|reach|validateAt|validateSyncAt|mask)$/
/** What of them checks by a schema, or asks something of it. */
const looks =
  /\.(?:is\w*|has\w*|parse|parseAsync|safeParse|safeParseAsync|spa|validate|validateAsync|validateSync|attempt|assert|check)\(\)$/i

/** Whether a call of a library of schemas makes one, or checks by one what is followed. */
export const isOfSchemas = (path: string): boolean => makers.test(path) && !mayThrow.test(path)

/** Whether a value is a schema, which is always there. */
export const isSchema = (path: string): boolean =>
  path.endsWith('()') && isOfSchemas(path.slice(0, -2)) && !looks.test(path)
