import { expect, it } from "vitest";
import { sweep } from "./sweep";

it("goes on behind what fails, and tells all of it at the end", async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    if (item % 2 === 0) throw new Error(`No ${item}`);
    done.push(item);
  };
  const swept = sweep([1, 2, 3, 4, 5], work);
  await expect(swept).rejects.toMatchObject({ errors: [new Error("No 2"), new Error("No 4")] });
  expect(done).toEqual([1, 3, 5]);
  await expect(sweep([1, 3], work)).resolves.toBeUndefined();
});
