import { chooseWithModel } from '../choosing/choose-with-model.ts'
import type { ModelRoleOptions } from './examine.ts'
import type { Reader } from './read-message.ts'
import { readWithModel } from './read-with-model.ts'

/** A model that reads messages and chooses what answers them; examined for each by itself. */
export const readerOf = (reading: ModelRoleOptions, choosing: ModelRoleOptions): Reader => ({
  read: readWithModel(reading),
  choose: chooseWithModel(choosing),
})
