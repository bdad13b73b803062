import type { CallRule } from './pack.ts'

/** What reads JSON of a text in Java: of a body it says what that is (Gson, "User Guide"; Jackson, `ObjectMapper`). */
export const jsonReaders: Readonly<Record<string, CallRule>> = Object.fromEntries(
  ['com.google.gson.Gson().fromJson', 'com.fasterxml.jackson.databind.ObjectMapper().readValue'].map(
    (path) => [path, { does: 'body', into: 1, from: 0, media: 'application/json' }],
  ),
)
