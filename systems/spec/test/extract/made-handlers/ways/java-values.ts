import type { Ways } from '../steps.ts'

/** Constants, texts, numbers and loops. */
export const javaValues: Ways = {
  help: `
  static final int MAX = 3;
  static final Pattern KNOWN = Pattern.compile("[xy]");
  static final Map<String, Integer> WEIGHTS = Map.of("x", 1, "y", 2);
  static int weigh(String x) {
    if (x == null) return 0;
    return switch (x) {
      case "x", "y" -> 1;
      default -> 0;
    };
  }
`,
  steps: {
    number: [
      ({ x, status, second, name, answer }) =>
        `int ${name};\ntry {\n  ${name} = Integer.parseInt(${x});\n} catch (NumberFormatException error) {\n  ${answer(String(status))}}\nif (${name} > MAX) {\n  ${answer(String(second))}}\n`,
    ],
    among: [
      ({ x, status, answer }) =>
        `if (${x} == null || !KNOWN.matcher(${x}).matches()) {\n  ${answer(String(status))}}\n`,
      ({ x, status, answer }) => `if (weigh(${x}) == 0) {\n  ${answer(String(status))}}\n`,
      ({ x, status }) =>
        `if (${x} == null || !WEIGHTS.containsKey(${x})) {\n  throw new Refusal(${status});\n}\n`,
    ],
    optional: [
      ({ x, status, answer }) => `if (${x} != null && weigh(${x}) < 1) {\n  ${answer(String(status))}}\n`,
    ],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `int ${name} = ${y}.equals(${x}) ? ${status} : ${y}.equals(${z}) ? ${second} : 0;\nif (${name} > 0) {\n  ${answer(name)}}\n`,
    ],
    is: [
      ({ x, y, status, answer }) =>
        `if (${x} != null && ${x}.trim().equalsIgnoreCase(${y})) {\n  ${answer(String(status))}}\n`,
    ],
  },
  tests: [
    (x, y) => `List.of(${y}).contains(${x} == null ? "" : ${x})`,
    (x, y) => `Objects.equals(${x}, ${y})`,
    (x, y) => `(${x} != null && ${x}.startsWith(${y}))`,
  ],
  around: [
    ({ x, y }, body) =>
      `outer:\nfor (String one : List.of(${y})) {\n  for (String two : Arrays.asList(${x})) {\n    if (!one.equals(two)) continue outer;\n  }\n${body}}\n`,
    ({ x, y }, body) => `synchronized (this) {\n  if (${y}.equals(${x})) {\n${body}  }\n}\n`,
  ],
}
