import { describe, expect, it } from "vitest";
import { testDb } from "@/db/testing";
import { givenUser, personCtx } from "@/modules/users/testing";
import { getAlerts, updateAlerts } from "./service";

const db = testDb();
const givenPerson = async () => personCtx(db, await givenUser(db));

describe("how a person wants to be called", () => {
  it("is a quiet sound and no notification until somebody chooses", async () => {
    expect(await getAlerts(await givenPerson())).toEqual({ sound: "quiet", isDesktopOn: false, showsText: false });
  });

  it("is kept for this person and no other", async () => {
    const [anna, ben] = [await givenPerson(), await givenPerson()];
    await updateAlerts(anna, { sound: "loud", isDesktopOn: true });
    expect(await updateAlerts(anna, { showsText: true })).toEqual({
      sound: "loud",
      isDesktopOn: true,
      showsText: true,
    });
    expect((await getAlerts(ben)).sound).toBe("quiet");
  });

  it("keeps both changes when two tabs change different things at once", async () => {
    const anna = await givenPerson();
    await Promise.all([updateAlerts(anna, { sound: "off" }), updateAlerts(anna, { isDesktopOn: true })]);
    expect(await getAlerts(anna)).toMatchObject({ sound: "off", isDesktopOn: true });
  });

  it("stays as it was when nothing is named", async () => {
    const anna = await givenPerson();
    await updateAlerts(anna, { sound: "loud" });
    expect((await updateAlerts(anna, {})).sound).toBe("loud");
  });
});
