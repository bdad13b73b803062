import { InvalidInputError } from '@heavylift/core'
import { selectRows } from '../dataset.ts'
import { foldOfGroups } from '../groups.ts'
import type { Dataset } from '../model.ts'
import { createRandom } from '@heavylift/core'
import { binFeatures } from './bin-features.ts'
import { treePredictor } from './boosted-trees.ts'
import type { BoostedTrees, TreeLoss } from './boosted-trees.ts'
import { growTree } from './grow-tree.ts'
import type { GrownTree } from './grow-tree.ts'
import { baseScores, lossOf, writeDerivatives } from './tree-loss.ts'

export interface TreeOptions {
  loss: TreeLoss
  /** At most this many rounds; each has one tree an output. */
  rounds: number
  learningRate: number
  maxLeaves: number
  maxDepth?: number
  minLeafRows: number
  l2?: number
  /** Share of rows and of columns that each tree sees. */
  rowShare?: number
  columnShare?: number
  maxBins?: number
  /** Per column: 1 when the prediction may only rise with it, -1 fall, 0 either. Not for `softmax`. */
  monotone?: readonly number[]
  seed: number
  /** Stop when the loss on every nth group, left out of training, has not fallen for `patience` rounds. */
  earlyStop?: { everyNthGroup: number; patience: number }
}

export interface TrainedTrees {
  trees: BoostedTrees
  /** Sum of gains of each column's splits. */
  importance: Float64Array
  rounds: number
}

/**
 * Gradient-boosted trees on histograms. The same data, options and seed give the same trees.
 * Throws `training-data-empty` without rows.
 */
export function trainTrees(data: Dataset, options: TreeOptions): TrainedTrees {
  if (data.labels.length === 0)
    throw new InvalidInputError({
      code: 'training-data-empty',
      message: 'No rows to train on: check the folder given by --data.',
    })
  const stop = options.earlyStop
  if (stop === undefined) return boost(data, null, options)
  const parts = foldOfGroups(data.groups, stop.everyNthGroup)
  const seen = selectRows(data, (row) => parts.get(data.groups[row]!) !== 0)
  const held = selectRows(data, (row) => parts.get(data.groups[row]!) === 0)
  return held.labels.length === 0 || seen.labels.length === 0
    ? boost(data, null, options)
    : boost(seen, held, options)
}

function boost(data: Dataset, held: Dataset | null, options: TreeOptions): TrainedTrees {
  const binned = binFeatures(data, options.maxBins ?? 128)
  const source = createRandom(`trees-${options.seed}`)
  const random = (): number => source.next()
  const base = baseScores(options.loss, data.labels)
  const rows = data.labels.length
  const outputs = base.length
  const scores = filledScores(base, rows)
  const heldScores = held === null ? null : filledScores(base, held.labels.length)
  const gradients = new Float64Array(rows)
  const hessians = new Float64Array(rows)
  const importance = new Float64Array(data.columns.length)
  const grown: GrownTree[] = []
  let best = { loss: Infinity, rounds: 0 }
  for (let round = 0; round < options.rounds; round++) {
    const sample = sampleRows(rows, options.rowShare ?? 1, random)
    // Derivatives of all outputs come from the scores before this round.
    const before = outputs > 1 ? scores.slice() : scores
    for (let output = 0; output < outputs; output++) {
      writeDerivatives(options.loss, before, data.labels, output, gradients, hessians)
      const tree = growTree(
        binned,
        sample,
        gradients,
        hessians,
        {
          maxLeaves: options.maxLeaves,
          maxDepth: options.maxDepth ?? 12,
          minLeafRows: options.minLeafRows,
          l2: options.l2 ?? 1,
          monotone: options.monotone ?? [],
          columns: sampleColumns(data.columns.length, options.columnShare ?? 1, random),
        },
        importance,
      )
      if (options.loss.name === 'quantile') renewLeaves(tree, sample, scores, data.labels, options.loss.level)
      tree.numbers.forEach((number, node) => {
        if (tree.features[node] === -1) tree.numbers[node] = Math.fround(number * options.learningRate)
      })
      grown.push(tree)
      addTree(tree, data, scores, outputs, output)
      if (held !== null && heldScores !== null) addTree(tree, held, heldScores, outputs, output)
    }
    if (held === null || heldScores === null) {
      best = { loss: 0, rounds: round + 1 }
      continue
    }
    const loss = lossOf(options.loss, heldScores, held.labels)
    if (loss < best.loss - 1e-7) best = { loss, rounds: round + 1 }
    else if (round + 1 - best.rounds >= options.earlyStop!.patience) break
  }
  return {
    trees: flatten(options.loss, base, grown.slice(0, best.rounds * outputs)),
    importance,
    rounds: best.rounds,
  }
}

function filledScores(base: Float32Array, rows: number): Float64Array {
  const scores = new Float64Array(rows * base.length)
  for (let at = 0; at < scores.length; at++) scores[at] = base[at % base.length]!
  return scores
}

function sampleRows(rows: number, share: number, random: () => number): Int32Array {
  const sample = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (share >= 1 || random() < share) sample[count++] = row
  return sample.slice(0, count)
}

function sampleColumns(count: number, share: number, random: () => number): number[] {
  const columns = Array.from({ length: count }, (_, column) => column)
  if (share >= 1) return columns
  const wanted = Math.max(1, Math.round(count * share))
  while (columns.length > wanted) columns.splice(Math.floor(random() * columns.length), 1)
  return columns
}

/** The pinball loss has no curvature, so each leaf takes the quantile of its own residuals instead of a Newton step. */
function renewLeaves(
  tree: GrownTree,
  rows: Int32Array,
  scores: Float64Array,
  labels: Float64Array,
  level: number,
): void {
  for (const { node, from, to } of tree.leaves) {
    const residuals = Float64Array.from(rows.subarray(from, to), (row) => labels[row]! - scores[row]!).sort()
    const place = level * (residuals.length - 1)
    const below = Math.floor(place)
    const low = residuals[below]!
    tree.numbers[node] = low + (place - below) * ((residuals[below + 1] ?? low) - low)
  }
}

function addTree(
  tree: GrownTree,
  data: Dataset,
  scores: Float64Array,
  outputs: number,
  output: number,
): void {
  const predictor = treePredictor(flatten({ name: 'squared' }, Float32Array.of(0), [tree]))
  const out = new Float64Array(1)
  const width = data.columns.length
  for (let row = 0; row < data.labels.length; row++) {
    predictor.predict(data.features, row * width, out)
    scores[row * outputs + output]! += out[0]!
  }
}

function flatten(loss: TreeLoss, base: Float32Array, grown: readonly GrownTree[]): BoostedTrees {
  const starts = new Int32Array(grown.length)
  let nodes = 0
  grown.forEach((tree, at) => {
    starts[at] = nodes
    nodes += tree.features.length
  })
  return {
    kind: 'trees',
    loss,
    base,
    starts,
    features: Int16Array.from(grown.flatMap((tree) => tree.features)),
    rights: Int16Array.from(grown.flatMap((tree) => tree.rights)),
    numbers: Float32Array.from(grown.flatMap((tree) => tree.numbers)),
  }
}
