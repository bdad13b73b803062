import { clamp } from '@heavylift/core/math'
import { binRoom, missingBin } from './bin-features.ts'
import type { BinnedFeatures } from './bin-features.ts'
import { missingLeft } from './boosted-trees.ts'

export interface GrowOptions {
  maxLeaves: number
  maxDepth: number
  minLeafRows: number
  /** Added to every sum of second derivatives (lambda of XGBoost). */
  l2: number
  /** Per column: 1 rising, -1 falling, 0 free. */
  monotone: readonly number[]
  /** Columns that this tree may split on. */
  columns: readonly number[]
}

/** One tree in preorder (see `BoostedTrees`), and the leaf of each row as an index of its node. */
export interface GrownTree {
  features: number[]
  rights: number[]
  numbers: number[]
  /** Ranges of `rows` that ended in a leaf, with the leaf's node. */
  leaves: { node: number; from: number; to: number }[]
}

interface Split {
  gain: number
  column: number
  /** Last bin that goes left. */
  bin: number
  isMissingLeft: boolean
  leftValue: number
  rightValue: number
}

interface Leaf {
  from: number
  to: number
  depth: number
  gradient: number
  hessian: number
  value: number
  /** Bounds that monotone splits above put on the values below. */
  low: number
  high: number
  histogram: Float64Array
  split: Split | null
  children: { left: Leaf; right: Leaf } | null
}

/**
 * Grows a tree leaf-wise over binned features by the second-order gain of XGBoost (Chen and Guestrin 2016, eq. 7), with
 * histograms by subtraction and monotone constraints by bounds at the middle of a split, as in LightGBM. `rows` is
 * reordered so that each leaf's rows lie together. `importance` gets each split's gain.
 */
export function growTree(
  binned: BinnedFeatures,
  rows: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
  options: GrowOptions,
  importance: Float64Array,
): GrownTree {
  const grower = new TreeGrower(binned, rows, gradients, hessians, options)
  return grower.grow(importance)
}

class TreeGrower {
  readonly #binned: BinnedFeatures
  readonly #rows: Int32Array
  readonly #scratch: Int32Array
  readonly #gradients: Float64Array
  readonly #hessians: Float64Array
  readonly #options: GrowOptions

  constructor(
    binned: BinnedFeatures,
    rows: Int32Array,
    gradients: Float64Array,
    hessians: Float64Array,
    options: GrowOptions,
  ) {
    this.#binned = binned
    this.#rows = rows
    this.#scratch = new Int32Array(rows.length)
    this.#gradients = gradients
    this.#hessians = hessians
    this.#options = options
  }

  grow(importance: Float64Array): GrownTree {
    const root = this.#leaf(0, this.#rows.length, 0, null, -Infinity, Infinity)
    const open = [root]
    for (let leaves = 1; leaves < this.#options.maxLeaves; leaves++) {
      let best: Leaf | null = null
      for (const leaf of open)
        if (leaf.split !== null && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf
      if (best === null) break
      importance[best.split!.column]! += best.split!.gain
      const { left, right } = this.#divide(best, best.split!)
      open.splice(open.indexOf(best), 1, left, right)
    }
    const tree: GrownTree = { features: [], rights: [], numbers: [], leaves: [] }
    this.#write(root, tree)
    return tree
  }

  #leaf(
    from: number,
    to: number,
    depth: number,
    histogram: Float64Array | null,
    low: number,
    high: number,
  ): Leaf {
    const filled = histogram ?? this.#histogramOf(from, to)
    let gradient = 0
    let hessian = 0
    for (let at = from; at < to; at++) {
      gradient += this.#gradients[this.#rows[at]!]!
      hessian += this.#hessians[this.#rows[at]!]!
    }
    const value = clamp(-gradient / (hessian + this.#options.l2), low, high)
    const leaf: Leaf = {
      from,
      to,
      depth,
      gradient,
      hessian,
      value,
      low,
      high,
      histogram: filled,
      split: null,
      children: null,
    }
    if (depth < this.#options.maxDepth && to - from >= 2 * this.#options.minLeafRows)
      leaf.split = this.#bestSplit(leaf)
    return leaf
  }

  /** Per column and bin: sum of gradients, sum of hessians, rows. */
  #histogramOf(from: number, to: number): Float64Array {
    const { bins, rows: total, edges } = this.#binned
    const histogram = new Float64Array(edges.length * binRoom * 3)
    for (const column of this.#options.columns) {
      const offset = column * total
      const start = column * binRoom * 3
      for (let at = from; at < to; at++) {
        const row = this.#rows[at]!
        const cell = start + bins[offset + row]! * 3
        histogram[cell]! += this.#gradients[row]!
        histogram[cell + 1]! += this.#hessians[row]!
        histogram[cell + 2]! += 1
      }
    }
    return histogram
  }

  #bestSplit(leaf: Leaf): Split | null {
    const { minLeafRows, l2, monotone, columns } = this.#options
    const { histogram, gradient, hessian, low, high } = leaf
    const rows = leaf.to - leaf.from
    const unsplit = scoreOf(gradient, hessian + l2, leaf.value)
    let best: Split | null = null
    for (const column of columns) {
      const start = column * binRoom * 3
      const missing = start + missingBin * 3
      const missingRows = histogram[missing + 2]!
      for (const isMissingLeft of missingRows > 0 ? [true, false] : [false]) {
        let leftGradient = isMissingLeft ? histogram[missing]! : 0
        let leftHessian = isMissingLeft ? histogram[missing + 1]! : 0
        let leftRows = isMissingLeft ? missingRows : 0
        const cuts = this.#binned.edges[column]!.length
        for (let bin = 0; bin < cuts; bin++) {
          const cell = start + bin * 3
          leftGradient += histogram[cell]!
          leftHessian += histogram[cell + 1]!
          leftRows += histogram[cell + 2]!
          if (leftRows < minLeafRows) continue
          if (rows - leftRows < minLeafRows) break
          const rightGradient = gradient - leftGradient
          const rightHessian = hessian - leftHessian
          const leftValue = clamp(-leftGradient / (leftHessian + l2), low, high)
          const rightValue = clamp(-rightGradient / (rightHessian + l2), low, high)
          const direction = monotone[column] ?? 0
          if (direction !== 0 && direction * (rightValue - leftValue) < 0) continue
          const gain =
            scoreOf(leftGradient, leftHessian + l2, leftValue) +
            scoreOf(rightGradient, rightHessian + l2, rightValue) -
            unsplit
          if (gain > 1e-9 && gain > (best?.gain ?? 0))
            best = { gain, column, bin, isMissingLeft, leftValue, rightValue }
        }
      }
    }
    return best
  }

  #divide(leaf: Leaf, split: Split): { left: Leaf; right: Leaf } {
    const { bins, rows: total } = this.#binned
    const offset = split.column * total
    let middle = leaf.from
    let held = 0
    for (let at = leaf.from; at < leaf.to; at++) {
      const row = this.#rows[at]!
      const bin = bins[offset + row]!
      if (bin === missingBin ? split.isMissingLeft : bin <= split.bin) this.#rows[middle++] = row
      else this.#scratch[held++] = row
    }
    this.#rows.set(this.#scratch.subarray(0, held), middle)
    const isLeftSmaller = middle - leaf.from <= leaf.to - middle
    const small = isLeftSmaller ? this.#histogramOf(leaf.from, middle) : this.#histogramOf(middle, leaf.to)
    const large = leaf.histogram
    for (let at = 0; at < large.length; at++) large[at]! -= small[at]!
    const direction = this.#options.monotone[split.column] ?? 0
    const border = (split.leftValue + split.rightValue) / 2
    const left = { low: direction < 0 ? border : leaf.low, high: direction > 0 ? border : leaf.high }
    const right = { low: direction > 0 ? border : leaf.low, high: direction < 0 ? border : leaf.high }
    const depth = leaf.depth + 1
    leaf.children = {
      left: this.#leaf(leaf.from, middle, depth, isLeftSmaller ? small : large, left.low, left.high),
      right: this.#leaf(middle, leaf.to, depth, isLeftSmaller ? large : small, right.low, right.high),
    }
    return leaf.children
  }

  #write(leaf: Leaf, tree: GrownTree): void {
    const node = tree.features.length
    if (leaf.children === null || leaf.split === null) {
      tree.features.push(-1)
      tree.rights.push(0)
      tree.numbers.push(leaf.value)
      tree.leaves.push({ node, from: leaf.from, to: leaf.to })
      return
    }
    const { column, bin, isMissingLeft } = leaf.split
    tree.features.push(column | (isMissingLeft ? missingLeft : 0))
    tree.rights.push(0)
    tree.numbers.push(this.#binned.edges[column]![bin]!)
    this.#write(leaf.children.left, tree)
    tree.rights[node] = tree.features.length - node
    this.#write(leaf.children.right, tree)
  }
}

/** What a leaf of this value takes off the loss, doubled: -(2 G w + H w²). */
function scoreOf(gradient: number, hessian: number, value: number): number {
  return -(2 * gradient * value + hessian * value * value)
}
