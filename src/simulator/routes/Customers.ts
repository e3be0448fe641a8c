/** 客户联系: service staff, contact ways, customers, tags, transfers, groups, statistics, rule groups, sensitive words. */
import * as DateTime from "effect/DateTime"
import type { ContactWay, ContactWays } from "../../customers/ContactWays.ts"
import { CustomerGroups } from "../../customers/CustomerGroups.ts"
