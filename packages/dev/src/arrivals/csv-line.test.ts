import { describe, expect, it } from 'vitest';
import { splitCsvLine } from './csv-line.ts';

describe('splitCsvLine', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    ['', ['']],
    ['184,C,"Kancelaria, sprawy różne"', ['184', 'C', 'Kancelaria, sprawy różne']],
    ['"a ""b""",c', ['a "b"', 'c']],
    ['"",x', ['', 'x']],
  ])('splits %j', (line, fields) => {
    expect(splitCsvLine(line)).toEqual(fields);
  });

  it.each(['"open', 'a,"b', '"a"b,c'])('refuses %j', (line) => {
    expect(splitCsvLine(line)).toBeNull();
  });
});
