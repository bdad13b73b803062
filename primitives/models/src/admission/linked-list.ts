/** A place in a list, from which its value is removed in constant time. */
export interface ListNode<Value> {
  readonly value: Value
  previous: ListNode<Value> | null
  next: ListNode<Value> | null
}

/** Oldest first; removal from the middle is constant-time, which neither an array nor a Set gives. */
export class LinkedList<Value> {
  first: ListNode<Value> | null = null
  last: ListNode<Value> | null = null
  size = 0

  append(value: Value): ListNode<Value> {
    const node: ListNode<Value> = { value, previous: this.last, next: null }
    if (this.last) this.last.next = node
    else this.first = node
    this.last = node
    this.size += 1
    return node
  }

  /** `node` has to be in this list. */
  remove(node: ListNode<Value>): void {
    if (node.previous) node.previous.next = node.next
    else this.first = node.next
    if (node.next) node.next.previous = node.previous
    else this.last = node.previous
    // A removed node that keeps its neighbours would keep what comes after them too.
    node.previous = null
    node.next = null
    this.size -= 1
  }
}
