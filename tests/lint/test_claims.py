"""Which figures of a sentence claim something, in sentences of marketing and in those of everyday work."""

import pytest

from onevoice.lint import claims

# What is said of us, our customers or our market: each with one figure that somebody has to back.
CLAIMS = """
Our customers save 80% of their time.
Teams that switch to us answer 40% faster.
We cut onboarding time by 35 percent.
Win rates went up by 12% within a quarter.
Win rates rose from 18% to something much better.
Support tickets fell 27% after the launch.
Reply rates are 2.5x higher than with a plain list.
You will close 3x more deals.
Get up to 5x ROI in the first year.
Bakeries that use Ferrywell grew 4x in two years.
A fourfold rise in bookings is what our pilots saw.
It takes half as long to prepare a meeting.
Our reports load twice as fast.
Ten times more leads, without one more hire.
Nine out of ten customers recommend us.
Three in four reps read our digest every week.
98% of our customers renew.
More than half of all calls go unanswered in this industry.
A third of leads are never called back.
Two thirds of buyers choose the vendor that answers first.
64% of a rep's week goes into work that sells nothing.
Only 5% of marketers trust their own data.
71 percent of buyers read three pages before they call.
One in five handoffs fails.
Eight out of 10 shoppers leave a slow page.
99.9% uptime, month after month.
Our model is 95% accurate.
We process 90% of orders within an hour.
Ferrywell reduces churn by a third.
Our customers see a 30% increase in repeat orders.
Expect a 20% lift in conversions.
Most teams get a 25 percent reduction in costs.
A 40% drop in returns speaks for itself.
Onboarding is now 50-60% shorter.
We are the number one choice of bakeries.
Rated #1 for support by our customers.
The leading platform for wholesalers.
Europe's largest network of drivers.
A market-leading planner.
The world's fastest checkout.
Best-in-class support comes with every plan.
The most reliable scheduler on the market.
Ferrywell saves a mid-sized bakery $12,000 a year.
Our customers earn €1.5 million more each season.
Late trucks cost shops 5,000 euros in lost revenue every month.
Tern Logistics gained $300k in new pipeline.
It returned $4 million to our members in extra profit.
It doubles your pipeline.
We halved the wait: calls are cut in half.
Revenue tripled, and doubled our margins on the way.
Developers ship 100x faster with our editor.
It makes your copy 10x easier to approve.
With us, invoices are paid 9 days sooner, and 15% more of them on time.
According to a survey by the trade board, 43% use no planner at all.
Email brings in 36% of all revenue in our market.
Bread that is ordered ahead makes up a quarter of our sales.
We delivered 97% of orders on time last winter.
In 2025, 88% of our drivers stayed with us.
Goodbye to no-shows: 60% fewer in the first month.
For example, Tern Logistics cut its fuel bill by 18%.
If you want 30% more bookings, start with the reminders.
Reach your goals 2x faster.
Need 20% more leads?
Want to grow 3x faster? Start here.
Our app uses 40% less memory than the old one.
It shrinks JPEG files by 70% without a visible loss.
Customers with a success plan are 1.8 times more likely to renew.
Cut your cloud costs by up to 50%.
In a blind test, 8 out of 10 testers chose our sourdough.
Satisfaction: 94%.
Retention: 97%
We lost 2% of our customers and won back half of them.
Payroll takes 75% less time.
Companies that train their managers see 21% higher profits.
Our customers rate us 4.8 out of 5.
With a satisfaction score of 92%, we lead the field.
Since the relaunch, traffic has climbed 140%.
Drivers spend 30% less time in queues.
Reps spend 64% of their time on things other than selling.
The share of orders that come in by app jumped from 20% to 55 percent.
Our alerts catch 96% of late deliveries.
Ship your first route in one day, 5x the speed of a spreadsheet.
It cuts alerts by 90%.
90% of Fortune 500 companies trust us.
Boost conversions by 15% with one line of copy.
You get back 20% of your week.
Our engineers resolve 85% of tickets on the first call.
Over 40% of Europe's bakers plan with Ferrywell.
Since 2021 we have grown 60% a year.
Demand is up 30% year over year.
We answer 92% of chats in under a minute.
Our churn is down 18%.
Pages load 70 percent faster on mobile.
70% of shoppers abandon their cart.
Nearly 80% of teams still use spreadsheets.
With Ferrywell, planners need 50% less time per route.
85% less paper. 100% more calm.
Doubling conversions took Tern Logistics six weeks.
It is 3x cheaper to keep a customer than to find one.
Acquiring a customer costs five times as much as keeping one.
97% would buy again.
Our 98% renewal rate says it all.
An average open rate of 45% is what our customers see.
We're proud of a 99% on-time rate.
A 12% higher basket value pays for the plan.
Tern cut no-shows by more than half of all bookings.
Productivity climbed by 22 percent in three months.
Ferrywell is trusted by 9 of 10 banks, and 60% of insurers.
It pays for itself: a 6x return within a year.
The number one planner in Germany.
No. 1 in customer support three years in a row.
Voted the best in class by our readers: best-in-class.
One quarter of all visitors leave after three seconds.
One in three invoices is paid late.
Sellers waste a third of their day on data entry, 33% to be exact.
Clean data lifts win rates by 9%.
Late deliveries cost the industry $8 billion a year in lost sales.
Our clients have saved more than $40 million since 2019.
The tool paid back $250k in its first year, a return of 400%.
Companies lose 20-30% of revenue to bad handoffs.
You could save 25% on fuel.
Reduce your return rate by up to 35%.
Guaranteed: 30% more calls answered.
Cyclists see better: 48% fewer accidents at dusk.
Ferrywell users are 60% more likely to hit quota.
Twice as many bookings, half as many no-shows.
Our drivers earn 15% more than the market average.
Three out of four buyers never talk to sales before they decide.
Analysts expect the market to grow by 11% a year.
We increased organic traffic by 210%.
Campaigns built with our kit get 2x the clicks.
Customers report 45% fewer errors.
Sales cycles are a third shorter with our playbook.
Our customers close deals 25% faster.
Nine in ten users stay after the trial.
83% of users say setup took less than an hour.
More than 70% of Fortune 100 firms use Ferrywell.
Teams see a 3.2x return on ad spend.
Hardware failures dropped by 60 percent.
Get a 15% improvement in fuel efficiency.
We have the highest uptime: 99.99% availability.
Our support answers 95% of requests within two hours.
Only 12% of leads get a reply within a day.
Video raises click rates by 65%.
We help you cut waste in half.
Ranked #1 in customer satisfaction.
Germany's number one bakery software.
The best-in-class API for freight.
We're the market leader in route planning.
They saved $1.2 million in year one.
Each missed call costs shops $1,200 in lost revenue.
Ferrywell generated $3M in pipeline for Tern.
You'll be up and running 4x sooner.
Emails with a name get 26% more opens.
Half of our customers come from referrals.
Two out of three buyers want a demo first.
A quarter of your drivers sit in traffic.
Churn fell from 8% to 3%.
It's 10 times faster than a spreadsheet.
Our drivers are twice as likely to arrive on time.
Shops using reminders lose 38% fewer bookings.
Customer satisfaction rose to 96%.
96% satisfaction.
A whopping 92% of planners would recommend us.
Conversion up 18%. Costs down 22%.
35% faster delivery, guaranteed.
By switching, Tern freed up 30% of its staff's week.
Our algorithm is 99% accurate on real orders.
Nearly a third of companies have no plan at all.
""".strip().splitlines()

# Pay and benefits, settings, pictures, scales, plans, drafts, names, offers, rules, examples, labels, amounts.
NO_CLAIMS = """
We pay 90% of the premium for you and 60% for your family.
The company matches 401(k) contributions up to 4%.
Everybody gets a bonus of 10%.
Your salary rises by 3% each January.
Equity vests over four years, 25% after the first.
Parental leave is paid at 100% of your pay, then at 60%.
We reimburse 80% of the cost of a course.
Part-time colleagues work 80% and keep their holidays.
Commission is 8% of the first invoice.
Health insurance covers 85% of what a dentist charges.
Our employer contribution is 5%.
You get a stipend of $1,000 and can earn $500 more for a referral bonus.
Pension: the company adds 6%.
Sick leave beyond six weeks is paid at 70%.
The on-call allowance is 15% of base pay.
Set the volume to 80%.
Keep the opacity at 40%.
Zoom out to 75% before you take the screenshot.
The default is 25% of the memory.
Send an alert if the disk is more than 90% full.
The threshold is 0.5%, so small changes are ignored.
The column is 33% wide and the sidebar takes the rest of the viewport.
Roll the flag out to 10% of users, then to 50%.
Sample 5% of the requests.
The timeout doubles the wait, up to 3 times the interval.
Increase the font size to 120%.
Lower the brightness by 20% at night.
Charge the battery to 80%.
Scale the logo to 150%.
CPU usage stays at 60% in the sandbox.
The demo account shows a win rate of 42%; it is sample data that we made up, such as 30% here.
Export the picture as JPEG with 80% quality.
Compress screenshots at 70-80% quality.
Use a 2x image for sharp screens.
Print it in 60% black on white.
The overlay is 50% transparent.
On a scale of 1 to 5, choose 4 out of 5 if you agree.
You need a score of 80% to pass the exam.
A grade of 90 percent or better is an A.
3 out of 5 means that you neither agree nor disagree on the scale.
Rate yourself: 2 out of 4 is "sometimes".
A rating of 70% or higher counts as healthy.
The quiz is passed with 75%.
Our goal is 30% by the end of the year.
We want to raise revenue by 20% next year.
Target: 95% renewals.
The team aims to cut churn by a third.
We plan to double our pipeline in 2027.
KR 2: increase sign-ups by 15%.
The quota is 3x the salary.
Reach 90% coverage by Q3.
Increase replies by 10% by the end of Q2.
The forecast says 12% more leads.
The budget grows by 8% next year.
Our objective for Q4 is a reply rate of 40%.
We hope to win 5% of the market.
They intend to hire 20% more drivers.
A stretch goal: 50% more demos.
By then we need to be at 80%.
We are on track to save $2 million.
Success metric: 25% fewer tickets.
Share your work at the 50% draft.
A 30% draft is enough for the first review.
Ask for feedback when it is 80% done.
The page is 90% complete.
We are 95% there.
The outline is 20% finished, the rest comes on Monday.
Show it at the 60% mark.
Our 10x program funds ideas from anyone.
She applied for 10x funding.
10x pays for the first phase.
Nobody here has to be a 10x engineer.
The 3x team meets on Tuesdays.
The 100x Fund is open until May.
Join the 5x Club.
Take 20% off with this code.
New customers get a 15% discount.
The late fee is 2%.
We refund 50% of the price until the day before.
Partners earn a margin of 30%.
The price includes 19% VAT.
A deposit of 25% is due on signing.
Referral partners get 10% of the first invoice.
The contract is void if one side owns more than 50% of the shares.
Shareholders with over 5% must be named.
Spending must not exceed $10,000, or more than $1,000 at once.
The policy covers purchases of more than $1,000.
An amount of $5,000 or more needs two signatures.
Gifts of more than 50 euros are returned.
Our segment: companies with more than $50 million in revenue.
Suppose that 20% of the leads get lost.
Let's say 10% of them answer.
Imagine that you sell 40% of the stock.
If 5% of the messages bounce, stop sending.
Assume a conversion rate of 2%.
At least 20% of the code must be tested.
No more than 10% of the page should be bold.
You should spend 20% of your time on learning.
Set aside 10% of your week for admin.
Stage 2 - 10%
Proposal sent: 50%
Weight = 30%
Probability: 75%
There is a 60% chance that it rains.
I am 90% sure that it was Tuesday.
99% of the time, it is a typo.
The #1 priority is safety.
Reason number one: people forget. Their number one reason is time.
Our number one goal is a calm week.
We talked with industry leaders about bread.
It is one of the leading causes of delay.
We follow best-in-class practices where we can.
We want to become the number one choice of bakeries.
Write numbers with the percent sign, as in 5%.
Spell out numerals below ten, but write 7%.
50%
| 20% |
Employees can carry over 25% of unused vacation days.
The firm tops up your pension by another 3%.
After two years your matching goes from 4% to 6%.
New joiners start at 80% of the salary band.
Everyone is granted 0.05% of the company.
Options vest at 25% a year.
We contribute 50% towards your gym membership.
We subsidize lunches by 40%.
You keep 100% of your tips.
The relocation package covers 75% of moving costs.
Raises are usually between 2% and 5%.
OTE is split 50/50: 50% base and 50% variable.
Full-time means 100%, part-time at least 50%.
Health cover: 100% for employees, 50% for spouses.
The perk pays back up to 30% of a train ticket.
Use 90% JPEG quality.
Save the file at 60% quality and 72 dpi.
Scale images down to 50% of their width.
Keep file size below 20% of the original.
Set saturation to -10%.
Blur the background by 15%.
Tint the brand blue at 20%.
Our secondary color is 30% gray.
Leave 10% of the logo's height as clear space.
The logo takes up 25% of the page.
White space should make up 40% of a slide.
Line height is 150% of the font size.
maxSurge is 25% by default.
Autoscaling starts when CPU reaches 70%.
Alert when error rate exceeds 1%.
The canary gets 5% of traffic for an hour.
We keep 20% of the cluster free.
A cache hit ratio below 80% is a warning sign.
We A/B test with 50% of visitors in each group.
Split traffic: 90% to blue, 10% to green.
The error budget is 0.1% per month.
Retry with 2x backoff.
Export at 2x and 3x.
The camera has a 10x zoom.
Play it at 1.5x speed.
Answers range from 0% (never) to 100% (always).
5 out of 5 stands for excellent.
A B+ is 87% or above.
Score 3 out of 5 or lower? Talk to your manager.
Meets expectations: 70-89%.
We consider a deal at 50% once the buyer has seen the demo.
Deals in Negotiation count with 75%.
Commit means at least 90% confidence.
Pipeline coverage should be 3x.
We need 3x pipeline coverage to make the number.
Marketing sources 40% of the pipeline target.
OKR: 60% of new hires complete the training by June.
North star: half of our users come back weekly.
We'd like to see a 10% improvement next quarter.
By 2030, we want to be 100% renewable.
Success looks like 30% fewer escalations.
Goal for FY27: double our revenue.
Grow newsletter subscribers by 25% in H1.
Hit 80% attainment before you ask for more territory.
Get the deck to 70% and send it round.
Send a 70% version early rather than a 100% version late.
We ship at 80% and improve in the open.
Feedback on a 10% idea is about direction, on a 90% doc about commas.
The first draft covers 60% of the sections.
Rob runs the 10x accelerator.
We read The 10X Rule in our book club.
The 1% Pledge is something we joined.
Her 4x4 team won.
Get 30% off your first order.
Students save 50% with a valid ID.
Black Friday: up to 40% off all plans.
Pay yearly and save 20%.
The reseller keeps 20%.
Affiliates earn 30% of the first year.
Stripe charges 2.9% plus 30 cents.
The tax rate is 21%.
Interest accrues at 1.5% per month.
A 3% cap on yearly price increases applies.
Discounts above 15% need approval from a director.
Reps can give up to 10% without asking.
Expenses over $500 need approval, more than $5,000 the CFO.
We sponsor events with up to $10,000 and more if they are local.
Any gift worth more than $50 must be reported.
Enterprise means more than $1 billion in revenue.
Target accounts have $10M to $50M in annual revenue.
The venture raised the cap to $250,000.
For instance, 30% of 200 is 60.
Take the number of replies, divide it by the sends, and you get, say, 12%.
A 50% conversion rate means that one in two signs up.
If half of your list bounces, stop.
Round 12.5% up to 13%.
We write 50% and not 50 percent.
Attendance of 75% is mandatory.
Two thirds of the board must agree.
A majority of 75% is needed to change the bylaws.
Quorum is 50% of members.
I spend about 30% of my time on hiring.
This role is 60% writing and 40% editing.
The job involves 20% travel.
Travel: up to 25%
Managers spend half of their 1:1 listening.
He gives 110% every day.
You accrue 8% of your hours as vacation.
Our 401k match is 100% up to 3% of pay.
Premiums are paid 75% by us.
Annual raises averaged 4% last cycle.
Bonuses max out at 15% of your base.
We'll give you a 10% raise if you relocate.
Part-timers get 50% of the learning allowance.
The company pays 100% of medical, dental, and vision.
Founders hold 60% of the stock.
A 0.1% equity grant comes with the job.
Set compression to 85%.
Adjust the slider until it reads 30%.
Use a 20% margin around the icon.
Images should be 72 dpi at 90% quality.
Save as WebP, 75% quality.
Autosave kicks in at 10% battery.
Reserve 20% of disk space.
Retry after 2x the delay.
The progress bar stops at 99%.
Allow 5% tolerance.
Traffic ramp: 1%, 10%, 50%, 100%.
A likelihood of 3 out of 5 counts as medium.
On our 5-point scale, 4 out of 5 is good.
NPS of 50% promoters would be our dream, and our target for Q4.
Performance: 120% of quota earns an accelerator.
We aim for 80% test coverage.
Our SLA promises nothing; the internal SLO is 99.5%.
Next year's plan is to grow ARR by 40%.
We're hoping for a 15% bump in sign-ups.
Q2 objective: lift activation by 10%.
We expect churn to fall by 5% in Q3.
The strategy: double sales by 2028.
Let's target 30% growth.
Roadmap: make the build 2x faster.
We should get load times down by 30%.
Status: 40% draft.
This is a 90% version, please comment.
The migration is 75% complete.
Chapter 3 is 50% written.
We're about 60% done with the redesign.
The 10x team, led by Kim, meets here.
10X Growth Conference starts Monday.
The 5% Club met in Berlin.
Our mascot is called 3x.
Get 10% back on every purchase.
Pay by May and get 5% off.
There is a 3% foreign transaction fee.
A 50% cancellation charge applies.
Late payments accrue interest of 1% a month.
The agency takes a cut of 15%.
Vendors with contracts over $25,000 need a review.
Purchases of more than $2,500 go through finance.
Budget: $50,000, no more than $5,000 per event.
We raise purchase orders for anything above $1,000.
Your travel budget is $2,000, worth using.
Companies below $5M revenue are SMB.
E.g., a lead scores 20% for opening a mail.
Example: 10% of 500 visits are 50 clicks.
Say 30% of them reply; then you have 12 replies.
If more than 2% of recipients complain, pause.
When 50% of the seats are taken, we close the form.
Fill at least 80% of the fields.
You may change up to 10% of the wording.
It counts as plagiarism above 20%.
Discovery: 10%
Closed won: 100%, verbal yes: 90%
Win probability is 60% at this stage.
I'm 100% sure and 80% happy with it.
Nine times out of ten it's DNS.
My number one tip is to write every day.
Our number one value is kindness.
The leading digit is a zero.
He was the number one suspect.
Follow the leading candidate's advice.
An interview with two industry leaders.
Use % after the number: 25%.
Grow your list by asking; shrink it by 0%.
The pie chart shows 25%, 25% and 50%.
A 16:9 picture at 200% zoom.
Humidity was at 80%.
It rained on 40% of the days.
Alcohol content: 5%.
The fabric is 60% cotton and 40% linen.
Turn left after 50% of the trail.
""".strip().splitlines()


def find_said(text):
    return [text[claim.start : claim.end] for claim in claims.find_claims(text)]


@pytest.mark.parametrize("text", CLAIMS)
def test_claims(text):
    assert find_said(text)


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_figures_that_claim_nothing(text):
    assert find_said(text) == []


def test_there_are_enough_of_both():
    assert len(CLAIMS) >= 60
    assert len(NO_CLAIMS) >= 80


def test_a_range_is_one_claim():
    assert find_said("It is 25–40% faster, and 20% to 30% cheaper; 10 % - 15 % shorter.") == ["40%", "30%", "15 %"]
