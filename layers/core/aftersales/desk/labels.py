"""What the forms of the steps are called, and their fields."""

from aftersales.applications.model import Language
from aftersales.desk.text import Text

FORM: dict[str, Text] = {
    "claim": Text("领取", "Take this case"),
    "decision": Text("审核决定", "Decide"),
    "information-request": Text("请客户补充资料", "Ask the customer"),
    "receipt": Text("登记收货", "Record the receipt"),
    "inspection": Text("登记验货", "Record the inspection"),
    "refund": Text("退款", "Refund"),
    "refund-confirmation": Text("登记退款结果", "Say what became of the refund"),
    "replacement": Text("安排发货", "Have the replacement sent"),
    "replacement-confirmation": Text("登记发货进展", "Say what became of the replacement"),
    "charge": Text("请客户付款", "Ask for payment"),
    "charge-confirmation": Text("登记付款结果", "Say what became of the payment"),
    "compensation": Text("给予补偿", "Compensate"),
    "compensation-approval": Text("审批补偿", "Decide on the compensation"),
    "credit-confirmation": Text("登记补偿结果", "Say what became of the compensation"),
    "diagnosis": Text("登记检测结果", "Record the diagnosis"),
    "visit": Text("约定上门或远程服务", "Plan a visit"),
    "parts": Text("等待配件", "Wait for parts"),
    "parts-arrival": Text("配件已到", "Parts are here"),
    "repair-result": Text("登记维修结果", "Say how the repair ended"),
    "dispatch": Text("寄回商品", "Send the goods back"),
    "remedy": Text("改用其他处理方式", "Do something else about it"),
    "dispute-answer": Text("答复异议", "Answer the dispute"),
    "completion": Text("答复并办结", "Answer and finish"),
    "message": Text("给客户留言", "Write to the customer"),
    "follow-up": Text("登记回访", "Record the call back"),
    "tasks-completion": Text("完成部门任务", "Finish a task"),
    "tasks": Text("交给其他部门", "Give a task to a department"),
    "transfer": Text("转给同事", "Give it to a colleague"),
    "handover": Text("转交其他团队", "Hand it over to another team"),
    "takeover": Text("接管", "Take it over"),
    "notes": Text("内部备注", "Leave a note"),
}
"""By step."""

FIELD: dict[str, Text] = {
    "message": Text("说明", "Message"),
    "outcome": Text("结果", "Outcome"),
    "accepted_lines": Text("通过的商品", "Accepted goods"),
    "lines": Text("每件商品的状况", "The condition of each unit"),
    "amount": Text("金额", "Amount"),
    "refund.amount": Text("少退时的金额", "Amount, if it is to be less"),
    "return_freight": Text("扣除的退货运费", "Cost of the way back, to be taken off"),
    "reference": Text("凭证号", "Reference in the books"),
    "carrier": Text("承运商", "Carrier"),
    "tracking_number": Text("运单号", "Tracking number"),
    "kind": Text("方式", "What is given"),
    "approved": Text("同意", "Approved"),
    "reason": Text("不同意的原因", "Reason of a refusal"),
    "finding": Text("检测结果", "What is wrong"),
    "repairable": Text("能修好", "It can be repaired"),
    "under_warranty": Text("保修期内", "Under warranty"),
    "price": Text("向客户收取的维修费", "Price of the repair for the customer"),
    "place": Text("方式", "How"),
    "at": Text("时间", "When"),
    "who": Text("谁来服务", "Who comes or calls"),
    "type": Text("处理方式", "What is done instead"),
    "task_id": Text("任务", "Task"),
    "department": Text("部门", "Department"),
    "member_id": Text("同事", "Colleague"),
    "due_at": Text("期限", "Due"),
    "team": Text("团队", "Team"),
}
"""By field, or by step and field where a step has a name of its own for it."""


def form_name(step: str, language: Language) -> str:
    return FORM[step].in_(language)


def field_label(step: str, field: str, language: Language) -> str:
    label = FIELD.get(f"{step}.{field}") or FIELD[field]
    return label.in_(language)
