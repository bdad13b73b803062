import type { Ways } from '../steps.ts'

/** What comes later or by way of functions. */
export const javaLater: Ways = {
  help: `
  static CompletableFuture<String> later(String x, String y) {
    return CompletableFuture.supplyAsync(() -> y.equals(x) ? null : "free");
  }
`,
  steps: {
    is: [
      ({ x, y, status }) =>
        `Optional.ofNullable(${x}).filter(one -> one.equals(${y})).ifPresent(one -> {\n  throw new Refusal(${status});\n});\n`,
      ({ x, y, status, answer }) =>
        `if (Optional.ofNullable(${x}).map(String::trim).filter(${y}::equals).isPresent()) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, name, answer }) =>
        `String ${name} = later(${x}, ${y}).join();\nif (${name} == null) {\n  ${answer(String(status))}}\n`,
    ],
    both: [
      ({ x, z, y, status, answer }) =>
        `if (${z} != null && Stream.of(${y}).anyMatch(one -> one.equals(${x}))) {\n  ${answer(String(status))}}\n`,
    ],
    needed: [
      ({ x, y, status, second, name }) =>
        `String ${name} = Optional.ofNullable(${x}).orElseThrow(() -> new Refusal(${status}));\nif (!${name}.equals(${y})) throw new Refusal(${second});\n`,
    ],
    among: [
      ({ x, status }) =>
        `Stream.of("x", "y").filter(one -> one.equals(${x})).findFirst().orElseThrow(() -> new Refusal(${status}));\n`,
    ],
    optional: [
      ({ x, status }) =>
        `if (${x} != null && List.of("x", "y").stream().noneMatch(${x}::equals)) {\n  throw new Refusal(${status});\n}\n`,
    ],
  },
  tests: [
    (x, y) => `Stream.of(${y}).anyMatch(one -> one.equals(${x}))`,
    (x, y) => `Optional.ofNullable(${x}).filter(${y}::equals).isPresent()`,
  ],
}
