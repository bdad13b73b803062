import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what Jackson ignores is no field, inherited, by its getter or by name, but for what is only set', async () => {
  const java = (name: string, body: string) => `package seats;
import com.fasterxml.jackson.annotation.*;
import org.springframework.web.bind.annotation.*;
${body.replace('NAME', name)}
`
  const { set } = await extractFiles({
    'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
    'src/main/java/seats/Base.java': java(
      'Base',
      'public class NAME { @JsonIgnore private Object mRow; private String note; @JsonIgnore public Object getMRow() { return mRow; } }',
    ),
    'src/main/java/seats/Seat.java': java(
      'Seat',
      `@JsonIgnoreProperties({"hidden"})
public class NAME extends Base {
  private String row;
  private String hidden;
  private String place;
  private String pin;
  @JsonIgnore(false) private String shown;
  @JsonIgnore public String getPlace() { return place; }
  @JsonIgnore public String getPin() { return pin; }
  @JsonProperty public void setPin(String pin) { this.pin = pin; }
}`,
    ),
    'src/main/java/seats/Seats.java': java(
      'Seats',
      '@RestController public class NAME { @GetMapping("/seats") public Seat get() { return new Seat(); } }',
    ),
  })
  const seat = factsOf(set.facts, 'model').find(({ name }) => name === 'Seat')
  expect(seat?.fields.map(({ name }) => name).toSorted()).toEqual(['note', 'pin', 'row', 'shown'])
})

test('Constants of an enum are told as Jackson writes them, and a thing that is unwrapped as its fields [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml':
      '<project><parent><groupId>org.springframework.boot</groupId><version>3.3.1</version></parent></project>',
    'src/main/java/mill/Sacks.java': `package mill;
import org.springframework.web.bind.annotation.*;
import com.fasterxml.jackson.annotation.*;
import jakarta.validation.constraints.*;
@RestController
public class Sacks {
  @PostMapping("/sacks") public void make(@RequestBody Sack sack) {}
}
class Sack { public Grain grain; public Grade grade; public Mesh mesh; @JsonUnwrapped(prefix = "at_") public Place place; }
class Place { @NotBlank public String shelf; }
enum Grain { @JsonProperty("winter-rye") RYE, OATS }
enum Grade { FINE("f"), COARSE("c"); private final String mark; Grade(String mark) { this.mark = mark; } @JsonValue public String mark() { return mark; } }
enum Mesh { WIDE; @JsonValue public int width() { return Widths.of(this); } }
`,
  })
  const sack = factsOf(set.facts, 'model').find(({ name }) => name === 'Sack')
  expect(sack?.fields).toEqual([
    {
      name: 'grain',
      shape: { type: 'string' },
      isRequired: false,
      constraints: [{ keyword: 'enum', value: ['winter-rye', 'OATS'] }],
    },
    {
      name: 'grade',
      shape: { type: 'string' },
      isRequired: false,
      constraints: [{ keyword: 'enum', value: ['f', 'c'] }],
    },
    { name: 'mesh', shape: { type: 'integer' }, isRequired: false, constraints: [] },
    { name: 'at_shelf', shape: { type: 'string' }, isRequired: false, constraints: [] },
  ])
})

test('what a constructor is given by another name is called so where a method reads it by that one [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<artifactId>spring-boot-starter-web</artifactId>',
    'src/main/java/seats/SeatId.java': `package seats;
import com.fasterxml.jackson.annotation.*;
public final class SeatId {
  private final String hallName;
  private final String rowName;
  private final int seatNumber;
  public SeatId(@JsonProperty("hall") String hallName, @JsonProperty("row") String rowName, @JsonProperty("number") int seatNumber) {
    this.hallName = hallName;
    this.rowName = rowName;
    this.seatNumber = seatNumber;
  }
  public String getHall() { return hallName; }
  public String getRow() { return rowName; }
  public int getSeatNumber() { return seatNumber; }
}
`,
    'src/main/java/seats/Seats.java': `package seats;
import org.springframework.web.bind.annotation.*;
@RestController
public class Seats {
  @GetMapping("/seats/first") public SeatId first() { return new SeatId("a", "b", 1); }
}
`,
  })
  const seat = factsOf(set.facts, 'model').find(({ name }) => name === 'SeatId')
  expect(seat?.fields.map(({ name }) => name)).toEqual(['hall', 'row', 'seatNumber'])
})
