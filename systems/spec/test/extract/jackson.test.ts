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
