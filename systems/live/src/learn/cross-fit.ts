import { InvalidInputError } from '@heavylift/core'
import { selectRows } from './dataset.ts'
import { foldOfGroups, groupHash } from './groups.ts'
import type { CrossFitted, Dataset, Predictor } from './model.ts'
import { outputsOf, predictorOf } from './trained-model.ts'
import type { TrainedModel } from './trained-model.ts'
import { packModel, packNumbers, unpackModel, unpackNumbers } from './weights-file.ts'
import type { WeightsFile } from './weights-file.ts'

export interface CrossFitInput {
  name: string
  dataset: Dataset
  folds: number
  /** Groups that may not be told apart, e.g. the season of each game: a fold holds whole parts. By default each group is its own. */
  partOf?: ReadonlyMap<string, string>
  /** Trains on the rows of all groups but one fold's. */
  train(part: Dataset, fold: number): TrainedModel
}

/**
 * Trains a model for each fold on the groups outside it. A group's fold comes from the hash of its id, or of its part's. Returns the weights and
 * each row's prediction by the model that did not see its group (outputs × rows, row by row).
 */
export function crossFit(input: CrossFitInput): { weights: WeightsFile; outOfFold: Float64Array } {
  const { dataset, folds } = input
  const partOf = (group: string) => input.partOf?.get(group) ?? group
  const foldOfPart = foldOfGroups(dataset.groups.map(partOf), folds)
  const foldOf = new Map(dataset.groups.map((group) => [group, foldOfPart.get(partOf(group))!]))
  const models = Array.from({ length: folds }, (_, fold) =>
    input.train(
      selectRows(dataset, (row) => foldOf.get(dataset.groups[row]!) !== fold),
      fold,
    ),
  )
  const unseen = Array.from({ length: folds }, (_, fold) =>
    packNumbers(
      Uint32Array.from([...foldOf].filter(([, of]) => of === fold).map(([group]) => groupHash(group))).sort(),
    ),
  )
  const weights: WeightsFile = {
    layout: 1,
    name: input.name,
    columns: [...dataset.columns],
    unseen,
    models: models.map(packModel),
  }
  return { weights, outOfFold: predictByGroup(loadCrossFitted(weights), dataset, outputsOf(models[0]!)) }
}

/** Also says how many numbers a prediction has. */
export interface CrossFittedModel extends CrossFitted {
  outputs: number
}

/** Throws `weights-invalid` when the JSON is not a weights file of this layout. */
export function loadCrossFitted(json: unknown): CrossFittedModel {
  const file = json as Partial<WeightsFile>
  if (
    file?.layout !== 1 ||
    !Array.isArray(file.models) ||
    !Array.isArray(file.unseen) ||
    !Array.isArray(file.columns)
  )
    throw new InvalidInputError({
      code: 'weights-invalid',
      message: 'This is not a weights file of layout 1: train the model again with `heavylift live train`.',
    })
  const models = file.models.map(unpackModel)
  const predictors = models.map(predictorOf)
  const outputs = outputsOf(models[0]!)
  const foldOf = new Map<number, number>()
  file.unseen.forEach((hashes, fold) => unpackNumbers(hashes).forEach((hash) => foldOf.set(hash, fold)))
  const mean = meanOf(predictors, outputs)
  const foldFor = (group: string | null) => (group === null ? undefined : foldOf.get(groupHash(group)))
  return {
    columns: file.columns,
    outputs,
    forGroup(group) {
      const fold = foldFor(group)
      return fold === undefined ? mean : predictors[fold]!
    },
    floorFor(group) {
      const fold = foldFor(group)
      return (fold === undefined ? file.floors?.all : file.floors?.folds[fold]) ?? null
    },
  }
}

/** Predictions of all rows, each by its group's predictor (outputs × rows, row by row). */
export function predictByGroup(model: CrossFitted, dataset: Dataset, outputs = 1): Float64Array {
  const width = dataset.columns.length
  const predicted = new Float64Array(dataset.labels.length * outputs)
  const predictors = new Map<string, Predictor>()
  dataset.groups.forEach((group, row) => {
    const predictor = predictors.get(group) ?? model.forGroup(group)
    predictors.set(group, predictor)
    predictor.predict(dataset.features, row * width, predicted.subarray(row * outputs, (row + 1) * outputs))
  })
  return predicted
}

function meanOf(predictors: readonly Predictor[], outputs: number): Predictor {
  const one = new Float64Array(outputs)
  const sum = new Float64Array(outputs)
  return {
    predict(features, at, out) {
      sum.fill(0)
      for (const predictor of predictors) {
        predictor.predict(features, at, one)
        for (let output = 0; output < outputs; output++) sum[output]! += one[output]!
      }
      for (let output = 0; output < outputs; output++) out[output] = sum[output]! / predictors.length
    },
  }
}
